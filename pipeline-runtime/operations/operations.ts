import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { METRICS, type MetricDefinition, type MetricName, PROCESS_METRICS, type Sample } from './metric-list.ts'
import { type RunFacts, RunMeter } from './run-meter.ts'
import { samplesOf } from './samples.ts'

/** Pipelines whose last run is told of; only `millrace serve` comes near it. */
const MOST_PIPELINES = 20

/** The runs of this process and what is told of them. A run takes the place of the one before of the same pipeline. */
export class Operations {
  private readonly registry = new Registry()
  private readonly metrics = new Map<Sample['metric'], Counter | Gauge>()
  private readonly commitDuration: Histogram
  private readonly build: Sample
  private readonly meters = new Map<string, RunMeter>()

  constructor(version: string) {
    collectDefaultMetrics({ register: this.registry })
    for (const { name } of this.registry.getMetricsAsArray()) if (!(name in PROCESS_METRICS)) this.registry.removeSingleMetric(name)
    this.build = { metric: 'buildInfo', labels: { version, node_version: process.versions.node }, value: 1 }
    const { buckets, ...rest } = settings(METRICS.commitDuration)
    this.commitDuration = new Histogram({ ...rest, buckets: [...buckets] })
    this.registry.registerMetric(this.commitDuration)
    // The histogram is the one that is not filled from samples.
    for (const metric of Object.keys(METRICS) as MetricName[]) {
      if (metric === 'commitDuration') continue
      const definition: MetricDefinition = METRICS[metric]
      const made = definition.type === 'counter' ? new Counter(settings(definition)) : new Gauge(settings(definition))
      this.metrics.set(metric, made)
      this.registry.registerMetric(made)
    }
  }

  /** For a run that is about to start. */
  begin(facts: RunFacts): RunMeter {
    const meter: RunMeter = new RunMeter(facts, (seconds) => {
      if (this.meters.get(meter.pipeline) === meter) this.commitDuration.observe({ pipeline: meter.pipeline }, seconds)
    })
    this.forget(meter.pipeline)
    this.meters.set(meter.pipeline, meter)
    this.commitDuration.zero({ pipeline: meter.pipeline })
    const over = [...this.meters.values()].filter(({ isOver }) => isOver)
    for (const { pipeline } of over.slice(0, Math.max(0, this.meters.size - MOST_PIPELINES))) this.forget(pipeline)
    return meter
  }

  runs(): readonly RunMeter[] {
    return [...this.meters.values()]
  }

  get contentType(): string {
    return this.registry.contentType
  }

  /** All metrics in Prometheus' text format, read at this moment. */
  async text(nowMs = Date.now()): Promise<string> {
    for (const metric of this.metrics.values()) metric.reset()
    for (const sample of [this.build, ...this.runs().flatMap((run) => samplesOf(run, nowMs))]) this.put(sample)
    return this.registry.metrics()
  }

  private put({ metric, labels, value }: Sample): void {
    const to = this.metrics.get(metric)
    if (to instanceof Counter) to.inc(labels, value)
    else to?.set(labels, value)
  }

  private forget(pipeline: string): void {
    this.meters.delete(pipeline)
    this.commitDuration.remove({ pipeline })
  }
}

/** As prom-client takes it; each process has a registry of its own. */
function settings<D extends MetricDefinition>({ name, help, labels, ...rest }: D) {
  return { ...rest, name, help, labelNames: [...labels], registers: [] }
}

import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { kinds } from '../../nodes/catalog.ts'
import { operators } from '../../nodes/operators.ts'
import { type BoundNode, bindNodes } from '../../runner/bindings.ts'
import { defaultDataDir } from '../../runner/data-dir.ts'
import { runPipeline } from '../../runner/run.ts'
import type { RunOptions } from '../../runner/run-options.ts'
import { runFailure } from '../../server/run-failure.ts'
import { LOG_DETAILS, LOG_OPTIONS, logOptions, oneFile, parseArguments } from '../arguments.ts'
import { readAndBind } from '../bind.ts'
import { type Command, ExitCode } from '../command.ts'
import { type Interruption, interruptionOfRun } from '../interruption.ts'
import { prepareTopics, readyTargets } from '../local-target.ts'
import { createLogger, loggedOutput } from '../logging.ts'
import { METRICS_OPTIONS, type MetricsOptions, metricsOptions, openRunOperations } from '../operations-options.ts'
import type { Output } from '../output.ts'
import { createRowPrinter } from '../rows.ts'
import { readDuration, readStart, readStop } from '../run-range.ts'
import { runReport } from '../run-report.ts'

/** Failed rows are told of so often at most. */
const FAILED_ROWS_INTERVAL_MS = 10_000

export const runCommand: Command = {
  name: 'run',
  usage:
    'FILE|SPEC [--target T]... [--connections FILE] [--from T] [--to T] [--until-end] [--allow-path DIR]... [--json] [--data-dir DIR] [--commit-interval DURATION] [--metrics-port N [--metrics-host H] [--metrics-linger DURATION]] [--log-level L] [--log-format F]',
  summary: 'Runs a pipeline on sample data, files or Kafka.',
  details: `  --target sample | local | HOST:PORT | NAME   for all connections; NAME stands in connections.json beside the file, local is the
                                       Kafka of millrace kafka, which is started where it does not run
  --target CONNECTION=…                for one connection; may be repeated
  --connections FILE                   another connections.json; secrets in it are \${env:NAME} only, from the environment
  --from continue | earliest | latest | TIME | -DURATION      TIME is ISO-8601, a DURATION 90s, 15m, 1h, 7d
  --to TIME                            stop there
  --until-end                          read what is there now, finish all results, stop
  --allow-path DIR                     lets the document use files outside its own folder; may be repeated
  --json                               rows of every sink on stdout, one {"node", "row"} a line
  --data-dir DIR                       where the state of runs on Kafka is kept (default: MILLRACE_DATA_DIR or the user's data folder)
  --commit-interval DURATION           time between two saves of a run on Kafka (default 1s); as much is read again after a crash
  --metrics-port N                     Prometheus metrics, /healthz and /readyz at this port of 127.0.0.1; 0 takes any free one
  --metrics-host H                     at another address of this machine
  --metrics-linger DURATION            keeps the last figures readable for so long after the run, or until it is told to stop
${LOG_DETAILS}
  Ctrl+C or SIGTERM finishes the batch at hand, saves and ends; a second one ends at once.
  Exit codes: 0 done, 1 invalid, 2 failed while running, 64 wrong usage, 130 interrupted (state is saved).`,
  async run(args, plain) {
    const { values, positionals } = parseArguments(args, {
      target: { type: 'string', multiple: true },
      connections: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      'until-end': { type: 'boolean' },
      'allow-path': { type: 'string', multiple: true },
      json: { type: 'boolean' },
      'data-dir': { type: 'string' },
      'commit-interval': { type: 'string' },
      'metrics-linger': { type: 'string' },
      ...METRICS_OPTIONS,
      ...LOG_OPTIONS,
    })
    const file = oneFile(positionals, 'FILE')
    const start = readStart(values.from)
    const stop = readStop(values.to, values['until-end'] === true)
    const commitIntervalMs = readDuration('--commit-interval', values['commit-interval'])
    const metrics = metricsOptions(values)
    const logging = logOptions(values)
    const runId = randomUUID()
    const logger = createLogger(plain, logging)
    // A person at a terminal knows what runs there.
    const base = logging.json ? logger.child({ run: runId }) : logger
    const said = logging.json ? loggedOutput(plain, base) : plain

    const pipeline = readAndBind(file, values.target ?? [], said, values.connections)
    if (pipeline === undefined) return ExitCode.INVALID
    const { spec, folder, bound } = pipeline
    const log = logging.json ? base.child({ pipeline: spec.drawing.name }) : base
    const output = logging.json ? loggedOutput(plain, log) : plain
    // Where the local Kafka has to be started that alone takes seconds.
    const interruption = interruptionOfRun(output)
    let nodes: readonly BoundNode[] = []
    try {
      if (bound.unbound)
        output.say(
          `On sample data: nothing binds ${[...bound.targets.keys()].join(', ')}. Use --target HOST:PORT for a real Kafka, --target local for one on this machine.`,
        )
      const dataDir = values['data-dir'] ?? defaultDataDir(process.env)
      const ready = await readyTargets(pipeline, dataDir, output)
      await prepareTopics(pipeline, ready, output)
      const { targets } = ready
      nodes = bindNodes(spec, kinds, targets)
      const allowedFolders = (values['allow-path'] ?? []).map((allowed) => path.resolve(allowed))
      const options = { spec, kinds, operators, folder, allowedFolders, targets, dataDir, commitIntervalMs, start, stop, log }
      return await runToItsEnd(
        { ...options, failedRowsIntervalMs: FAILED_ROWS_INTERVAL_MS },
        { runId, bound: nodes, metrics, json: values.json === true, output, interruption },
      )
    } catch (error) {
      if (interruption.letGo.aborted) return ExitCode.INTERRUPTED
      if (output.log === undefined) throw error
      const { message, nodeId, ...place } = runFailure(error, nodes)
      output.log.error({ ...place, ...(nodeId === undefined ? {} : { node: nodeId }) }, error instanceof Error ? error.message : message)
      return ExitCode.FAILED
    } finally {
      interruption.close()
    }
  },
}

interface Surroundings {
  readonly runId: string
  readonly bound: readonly BoundNode[]
  readonly metrics: MetricsOptions | undefined
  /** Rows on stdout. */
  readonly json: boolean
  readonly output: Output
  readonly interruption: Interruption
}

async function runToItsEnd(options: RunOptions, around: Surroundings): Promise<ExitCode> {
  const { runId, bound, metrics, json, output, interruption } = around
  const { spec } = options
  const rows = createRowPrinter(spec, output, { json })
  const report = runReport(spec, output)
  const facts = { runId, spec, bound, identity: 'production' as const }
  const operations = metrics && (await openRunOperations(metrics, facts, output))
  const { asked, stop, letGo } = interruption
  stop.addEventListener('abort', () => operations?.meter.stopping())
  try {
    const result = await runPipeline({
      ...options,
      ...operations?.meter.listeners,
      onStart: (view) => {
        interruption.begun()
        operations?.meter.listeners.onStart(view)
      },
      onSinkRows: rows.onRows,
      onProgress: report.progress,
      signal: stop,
      force: letGo,
    })
    operations?.meter.over(result.outcome)
    interruption.over()
    report.clear()
    await rows.finish()
    report.summary(result)
    await operations?.linger(asked, output)
    return result.outcome === 'stopped' ? ExitCode.INTERRUPTED : ExitCode.DONE
  } catch (error) {
    interruption.over()
    report.clear()
    if (letGo.aborted) throw error
    operations?.meter.over('failed', error instanceof Error ? error.message : String(error))
    await operations?.linger(asked, output)
    throw error
  } finally {
    await operations?.close()
  }
}

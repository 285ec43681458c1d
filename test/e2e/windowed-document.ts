/** A step of a document. */
export interface Step {
  readonly id: string
  readonly kind: string
  readonly config: object
}

export interface WindowedPipeline {
  readonly name: string
  /** A source, what stands between, and a time window: each passes its rows on to the next one. */
  readonly steps: readonly [source: Step, ...between: Step[], window: Step]
  readonly result: Step
  /** For the rows that come too late for the window. */
  readonly late?: Step
  /** For what the source cannot read; it has to be asked to set that aside. */
  readonly broken?: Step
}

const WINDOW_MS = 60_000

/** The document of a pipeline that most tests of whole runs have: source → … → time window → sink, and what does not get there. */
export function windowedDocument({ name, steps, result, late, broken }: WindowedPipeline): object {
  const [source] = steps
  const window = steps[steps.length - 1] ?? source
  const sinks = [result, late, broken].filter((step) => step !== undefined)
  const chain = [...steps, result]
  return {
    format: 1,
    kinds: Object.fromEntries([...steps, ...sinks].map(({ kind }) => [kind, 1])),
    name,
    nodes: [...steps, ...sinks],
    edges: [
      ...chain.slice(1).map(({ id }, i) => ({ from: `${chain[i]?.id}.out`, to: `${id}.in` })),
      ...(late === undefined ? [] : [{ from: `${window.id}.late`, to: `${late.id}.in` }]),
      ...(broken === undefined ? [] : [{ from: `${source.id}.dead-letter`, to: `${broken.id}.in` }]),
    ],
  }
}

/** Reads JSON with the time `at` in milliseconds. */
export function kafkaSource(id: string, topic: string, columns: Readonly<Record<string, string>>, onError: 'dead-letter' | 'fail'): Step {
  const at = { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' }
  const others = Object.entries(columns).map(([name, type]) => ({ name, type }))
  return { id, kind: 'kafka-source', config: { connection: 'shop', topic, columns: [...others, at], eventTime: 'at', onError } }
}

export function kafkaSink(id: string, topic: string, key?: string): Step {
  return { id, kind: 'kafka-sink', config: { connection: 'shop', topic, ...(key === undefined ? {} : { key: [key] }) } }
}

/** Final results a minute. */
export function minuteWindow(id: string, groupBy: string, aggregates: readonly object[]): Step {
  const window = { type: 'tumbling', sizeMs: WINDOW_MS }
  return { id, kind: 'window-aggregate', config: { groupBy: [groupBy], window, aggregates, emit: 'final' } }
}

import { allowedPath } from '../connectors/files/allowed-path.ts'
import { type FileReader, openFileReader } from '../connectors/files/file-reader.ts'
import { createKafkaPort } from '../connectors/kafka/kafka-log-port.ts'
import type { LogEvent, LogPort, LogReader, ReadOptions, TopicPosition } from '../connectors/log-port.ts'
import { SampleClock } from '../connectors/samples/sample-clock.ts'
import { SampleReader, type SampleTopic } from '../connectors/samples/sample-reader.ts'
import type { EngineInput } from '../engine/input.ts'
import type { EngineSnapshot } from '../engine/snapshot.ts'
import type { StartPosition, StopPosition } from '../spec/spec.ts'
import type { BoundNode } from './bindings.ts'
import { RunError } from './run-error.ts'
import type { RunIdentity } from './run-identity.ts'
import type { RunOptions } from './run-options.ts'
import { openSample } from './sample-source.ts'
import type { SavedRun } from './snapshot-file.ts'

/** All that a run reads, as one stream of inputs for the engine. */
export interface Inputs {
  /** By source node. */
  readonly partitions: Readonly<Record<string, number>>
  readonly clock: { nowMs(): number }
  /** Where the topics of clusters ended when the run began. */
  readonly endOffsets: readonly TopicPosition[]
  /** Empty where nothing came within `waitMs`. */
  poll(waitMs: number): Promise<readonly EngineInput[]>
  /** Whether every partition of every source has ended. */
  ended(): boolean
  commit(snapshot: EngineSnapshot): Promise<'committed' | 'refused' | 'unknown'>
  recordsIn(): number
  /** 0 to 1 where the size of all input is known. */
  share(): number | undefined
  close(): Promise<void>
}

interface OpenReader {
  readonly reader: LogReader
  /** Source nodes by the name under which the reader knows their topic. */
  readonly nodes: ReadonlyMap<string, readonly string[]>
  readonly durable: boolean
}

const BUFFER_BYTES = 16 << 20

type BoundTopic = BoundNode & { readonly type: 'topic' }

export async function openInputs(
  bound: readonly BoundNode[],
  options: RunOptions,
  identity: RunIdentity,
  saved: SavedRun | undefined,
): Promise<Inputs> {
  const sources = bound.filter((node) => node.access === 'read')
  const start = options.start ?? options.spec.start
  const stop = options.stop ?? options.spec.stop
  const paced = stop.type === 'never' && sources.some((node) => node.type === 'topic' && node.target.type === 'sample')
  const sampleClock = paced ? new SampleClock() : undefined
  const opened = new OpenedInputs(sampleClock ?? { nowMs: Date.now })
  try {
    for (const source of sources) if (source.type === 'file') await opened.addFile(source, options, saved)
    const samples = sources.filter((source): source is BoundTopic => source.type === 'topic' && source.target.type === 'sample')
    if (samples.length > 0) await opened.addSamples(samples, options, sampleClock, stop)
    const clusters = new Map<string, BoundTopic[]>()
    for (const source of sources) {
      if (source.type !== 'topic' || source.target.type !== 'kafka') continue
      const { bootstrap } = source.target.config
      clusters.set(bootstrap, [...(clusters.get(bootstrap) ?? []), source])
    }
    for (const [bootstrap, topics] of clusters)
      await opened.addKafka(bootstrap, topics, options, identity, saved, readFrom(start), readUntil(stop))
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

function readFrom(start: StartPosition): ReadOptions['start'] {
  switch (start.type) {
    case 'latest':
      return { type: 'latest' }
    case 'time':
      return { type: 'time', timeMs: Date.parse(start.time) }
    case 'last':
      return { type: 'time', timeMs: Date.now() - start.lastMs }
    default:
      // The first run of a pipeline that continues starts with everything that there is.
      return { type: 'earliest' }
  }
}

function readUntil(stop: StopPosition): ReadOptions['stop'] {
  return stop.type === 'time' ? { type: 'time', timeMs: Date.parse(stop.time) } : stop
}

class OpenedInputs implements Inputs {
  readonly partitions: Record<string, number> = {}
  readonly clock: { nowMs(): number }
  readonly endOffsets: TopicPosition[] = []
  private readonly readers: OpenReader[] = []
  private readonly ports: LogPort[] = []
  private readonly files: FileReader[] = []
  private readonly sampledTopics = new Map<string, string>()
  private readonly open = new Set<string>()
  private records = 0
  private onlyFiles = true

  constructor(clock: { nowMs(): number }) {
    this.clock = clock
  }

  async addFile(source: BoundNode & { readonly type: 'file' }, options: RunOptions, saved: SavedRun | undefined): Promise<void> {
    const absolute = allowedPath(source.path, options.folder, options.allowedFolders)
    const position = saved === undefined ? undefined : positionsOf(saved.engine, [source.path])[0]?.offset
    const reader = await openFileReader({ path: source.path, absolute, format: source.format, position })
    this.files.push(reader)
    this.add({ reader, nodes: new Map([[source.path, [source.node.id]]]), durable: false }, [source.node.id], 1)
  }

  async addSamples(sources: readonly BoundTopic[], options: RunOptions, clock: SampleClock | undefined, stop: StopPosition): Promise<void> {
    this.onlyFiles = false
    const topics: SampleTopic[] = []
    for (const { node, topic } of sources) {
      const sample = await openSample(node, {
        folder: options.folder,
        allowedFolders: options.allowedFolders,
        startMs: clock?.startMs,
        bounded: stop.type !== 'never',
      })
      // Each source has its own sample, so topics are told apart by node.
      topics.push({ ...sample, topic: node.id })
      this.sampledTopics.set(node.id, topic)
      this.register(node.id, sample.partitions)
    }
    const nodes = new Map(sources.map(({ node }) => [node.id, [node.id]] as const))
    this.readers.push({ reader: new SampleReader(topics, clock), nodes, durable: false })
  }

  async addKafka(
    bootstrap: string,
    sources: readonly BoundTopic[],
    options: RunOptions,
    identity: RunIdentity,
    saved: SavedRun | undefined,
    start: ReadOptions['start'],
    stop: ReadOptions['stop'],
  ): Promise<void> {
    this.onlyFiles = false
    const port = createKafkaPort({ bootstrap, log: (line) => options.log.warn({ bootstrap }, line) })
    this.ports.push(port)
    const nodes = new Map<string, string[]>()
    for (const { node, topic } of sources) {
      const description = await port.describe(topic)
      if (description === undefined) {
        throw new RunError(
          'TOPIC_NOT_FOUND',
          `${node.id}: the topic ${topic} is not there on ${bootstrap}. Check its name and that you may read it.`,
          { nodeId: node.id },
        )
      }
      nodes.set(topic, [...(nodes.get(topic) ?? []), node.id])
      this.register(node.id, description.partitions)
    }
    const topics = [...nodes.keys()]
    const positions = saved === undefined ? [] : positionsOf(saved.engine, topics)
    const until = stop.type === 'end' ? { ...stop, offsets: saved?.endOffsets } : stop
    const reader = await port.read({ group: identity.group, topics, positions, start, stop: until, bufferBytes: BUFFER_BYTES })
    this.endOffsets.push(...(saved?.endOffsets ?? reader.highWatermarks()))
    this.readers.push({ reader, nodes, durable: true })
  }

  private add(reader: OpenReader, nodeIds: readonly string[], partitions: number): void {
    this.readers.push(reader)
    for (const nodeId of nodeIds) this.register(nodeId, partitions)
  }

  private register(nodeId: string, partitions: number): void {
    this.partitions[nodeId] = partitions
    for (let partition = 0; partition < partitions; partition++) this.open.add(`${nodeId}/${partition}`)
  }

  async poll(waitMs: number): Promise<readonly EngineInput[]> {
    const inputs: EngineInput[] = []
    // One reader waits; the others are asked for what they have.
    let wait = waitMs
    for (const { reader, nodes } of this.readers) {
      const events = await reader.poll(this.readers.length === 1 ? wait : 0)
      if (events.length > 0) wait = 0
      for (const event of events) for (const nodeId of nodes.get(event.topic) ?? []) inputs.push(this.toInput(nodeId, event))
    }
    if (inputs.length === 0 && wait > 0 && this.readers.length > 1) await new Promise((resolve) => setTimeout(resolve, 10))
    return inputs
  }

  private toInput(source: string, event: LogEvent): EngineInput {
    const place = { source, partition: event.partition }
    switch (event.type) {
      case 'records':
        this.records += event.records.count
        return { type: 'records', ...place, topic: this.sampledTopics.get(source) ?? event.topic, records: event.records }
      case 'assigned':
        return { type: 'assigned', ...place, offset: event.offset }
      case 'ended':
        this.open.delete(`${source}/${event.partition}`)
        return { type: 'ended', ...place }
      default:
        return { type: event.type, ...place }
    }
  }

  ended(): boolean {
    return this.open.size === 0
  }

  async commit(snapshot: EngineSnapshot): Promise<'committed' | 'refused' | 'unknown'> {
    let outcome: 'committed' | 'refused' | 'unknown' = 'committed'
    for (const { reader, nodes, durable } of this.readers) {
      if (!durable) continue
      const result = await reader.commit(positionsOf(snapshot, [...nodes.keys()]))
      if (result !== 'committed') outcome = result
    }
    return outcome
  }

  recordsIn(): number {
    return this.records
  }

  share(): number | undefined {
    if (!this.onlyFiles) return undefined
    const total = this.files.reduce((sum, file) => sum + file.progress().totalBytes, 0)
    return total === 0 ? undefined : this.files.reduce((sum, file) => sum + file.progress().bytesRead, 0) / total
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.readers.map(({ reader }) => reader.close()))
    await Promise.allSettled(this.ports.map((port) => port.close()))
  }
}

/** Where the sources of the topics have to be read on; two sources of one topic are at the same position. */
function positionsOf(snapshot: EngineSnapshot, topics: readonly string[]): TopicPosition[] {
  const positions = new Map<string, TopicPosition>()
  for (const { topic, partition, position } of snapshot.partitions) {
    if (topic === null || position === null || !topics.includes(topic)) continue
    positions.set(`${topic}/${partition}`, { topic, partition, offset: position })
  }
  return [...positions.values()]
}

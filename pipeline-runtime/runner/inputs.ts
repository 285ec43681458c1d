import { allowedPath } from '../connectors/files/allowed-path.ts'
import { type FileReader, openFileReader } from '../connectors/files/file-reader.ts'
import type { LogEvent, LogPort, LogReader, ReadOptions, TopicPosition } from '../connectors/log-port.ts'
import { SAMPLE_SPEED, SampleClock } from '../connectors/samples/sample-clock.ts'
import { SampleReader, type SampleTopic } from '../connectors/samples/sample-reader.ts'
import type { EngineInput } from '../engine/input.ts'
import type { EngineSnapshot } from '../engine/snapshot.ts'
import type { StartPosition, StopPosition } from '../spec/spec.ts'
import type { BoundNode } from './bindings.ts'
import { clusterKey, describeTopic, openCluster } from './cluster.ts'
import type { KafkaTarget } from './connections-file.ts'
import { RunError } from './run-error.ts'
import type { RunIdentity } from './run-identity.ts'
import type { RunLog, RunOptions, RunView, SourceEnd } from './run-options.ts'
import { openSample } from './sample-source.ts'
import type { EndOffset, SavedRun } from './snapshot-file.ts'

/** All that a run reads, as one stream of inputs for the engine. */
export interface Inputs {
  /** By source node. */
  readonly partitions: Readonly<Record<string, number>>
  readonly clock: RunClock
  /** Where the topics of clusters ended when the run began. */
  readonly endOffsets: readonly EndOffset[]
  /** Empty where nothing came within `waitMs`. */
  poll(waitMs: number): Promise<readonly EngineInput[]>
  commit(snapshot: EngineSnapshot): Promise<'committed' | 'refused' | 'unknown'>
  recordsIn(): number
  /** 0 to 1 where the size of all input is known. */
  share(): number | undefined
  playback(): ReturnType<RunView['playback']>
  highWatermarks(): readonly SourceEnd[]
  close(): Promise<void>
}

/** What the engine takes for the time. */
export interface RunClock {
  nowMs(): number
  /** Whether it is the time of arrival of what was read, so that a run depends on its document alone. */
  readonly followsInput: boolean
}

interface OpenReader {
  readonly reader: LogReader
  /** Source nodes by the name under which the reader knows their topic. */
  readonly nodes: ReadonlyMap<string, readonly string[]>
  readonly durable: boolean
}

const LIVE_WITHIN_MS = 2_000
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
  const onlySamples = !paced && sources.every((node) => node.type === 'topic' && node.target.type === 'sample')
  const opened = new OpenedInputs(options.log, sampleClock, onlySamples)
  try {
    for (const source of sources) if (source.type === 'file') await opened.addFile(source, options, saved)
    const samples = sources.filter((source): source is BoundTopic => source.type === 'topic' && source.target.type === 'sample')
    if (samples.length > 0) await opened.addSamples(samples, options, sampleClock, stop)
    const clusters = new Map<string, { readonly target: KafkaTarget; readonly topics: BoundTopic[] }>()
    for (const source of sources) {
      if (source.type !== 'topic' || source.target.type !== 'kafka') continue
      const { target } = source
      const key = clusterKey(target)
      clusters.set(key, { target, topics: [...(clusters.get(key)?.topics ?? []), source] })
    }
    refuseTwoSignIns([...clusters.values()].map(({ target }) => target))
    for (const { target, topics } of clusters.values())
      await opened.addKafka(target, topics, options, identity, saved, readFrom(start), readUntil(stop))
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** A pipeline is one reader of its group, so that it reads a cluster in one way. */
function refuseTwoSignIns(targets: readonly KafkaTarget[]): void {
  for (const target of targets) {
    const other = targets.find((candidate) => candidate !== target && candidate.config.bootstrap === target.config.bootstrap)
    if (other === undefined) continue
    throw new RunError(
      'SIGN_IN_TWICE',
      `The connections ${target.name} and ${other.name} read from one cluster, ${target.config.bootstrap}, in two ways. Use one of them for all steps that read there.`,
    )
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
  readonly clock: RunClock
  readonly endOffsets: EndOffset[] = []
  private readonly readers: OpenReader[] = []
  private readonly ports: LogPort[] = []
  private readonly files: FileReader[] = []
  private readonly sampledTopics = new Map<string, string>()
  private records = 0
  private onlyFiles = true
  private sampleReader: SampleReader | undefined
  private readonly sampleClock: SampleClock | undefined

  private readonly log: RunLog

  constructor(log: RunLog, sampleClock: SampleClock | undefined, onlySamples: boolean) {
    this.log = log
    this.sampleClock = sampleClock
    const nowMs = sampleClock === undefined ? Date.now : () => sampleClock.nowMs()
    this.clock = onlySamples
      ? { nowMs: () => Math.max(0, this.sampleReader?.arrivedMs ?? 0), followsInput: true }
      : { nowMs, followsInput: false }
  }

  async addFile(source: BoundNode & { readonly type: 'file' }, options: RunOptions, saved: SavedRun | undefined): Promise<void> {
    const absolute = allowedPath(source.path, options.folder, options.allowedFolders)
    const nodes = new Map([[source.path, [source.node.id]]])
    const position = saved === undefined ? undefined : positionsOf(saved.engine, nodes)[0]?.offset
    const reader = await openFileReader({ path: source.path, absolute, format: source.format, position })
    this.files.push(reader)
    this.readers.push({ reader, nodes, durable: false })
    this.partitions[source.node.id] = 1
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
      this.partitions[node.id] = sample.partitions
    }
    const nodes = new Map(sources.map(({ node }) => [node.id, [node.id]] as const))
    this.sampleReader = new SampleReader(topics, clock)
    this.readers.push({ reader: this.sampleReader, nodes, durable: false })
  }

  async addKafka(
    target: KafkaTarget,
    sources: readonly BoundTopic[],
    options: RunOptions,
    identity: RunIdentity,
    saved: SavedRun | undefined,
    start: ReadOptions['start'],
    stop: ReadOptions['stop'],
  ): Promise<void> {
    this.onlyFiles = false
    const { bootstrap } = target.config
    const port = openCluster(target, options)
    this.ports.push(port)
    const nodes = new Map<string, string[]>()
    for (const { node, topic } of sources) {
      const advice = 'Check its name and that you may read it.'
      const description = await describeTopic(port, { nodeId: node.id, topic, bootstrap, advice }, options.onStep)
      nodes.set(topic, [...(nodes.get(topic) ?? []), node.id])
      this.partitions[node.id] = description.partitions
    }
    const topics = [...nodes.keys()]
    const positions = saved === undefined ? [] : positionsOf(saved.engine, nodes)
    const seen = saved?.endOffsets.filter((end) => end.bootstrap === bootstrap)
    const until = stop.type === 'end' ? { ...stop, offsets: seen } : stop
    options.onStep?.(`opening ${topics.join(', ')} on ${bootstrap} for reading`)
    const { group, exclusive } = identity
    const reader = await port.read({ group, exclusive, topics, positions, start, stop: until, bufferBytes: BUFFER_BYTES })
    this.endOffsets.push(...(seen ?? reader.highWatermarks().map((end) => ({ ...end, bootstrap }))))
    this.readers.push({ reader, nodes, durable: true })
  }

  async poll(waitMs: number): Promise<readonly EngineInput[]> {
    const inputs: EngineInput[] = []
    // A single reader waits itself. Several are asked for what they have, and where none has anything there is a short pause.
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
    const topic = this.sampledTopics.get(source) ?? event.topic
    if (event.type !== 'records' && event.type !== 'caught-up') {
      const offset = event.type === 'assigned' ? { offset: event.offset } : {}
      this.log.debug?.({ node: source, topic, partition: event.partition, ...offset }, `partition ${event.type}`)
    }
    switch (event.type) {
      case 'records':
        this.records += event.records.count
        return { type: 'records', ...place, topic, records: event.records }
      case 'assigned':
        return { type: 'assigned', ...place, offset: event.offset }
      case 'ended':
        return { type: 'ended', ...place }
      default:
        return { type: event.type, ...place }
    }
  }

  async commit(snapshot: EngineSnapshot): Promise<'committed' | 'refused' | 'unknown'> {
    let outcome: 'committed' | 'refused' | 'unknown' = 'committed'
    for (const { reader, nodes, durable } of this.readers) {
      if (!durable) continue
      const result = await reader.commit(positionsOf(snapshot, nodes))
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

  playback(): ReturnType<RunView['playback']> {
    if (this.sampleClock === undefined || this.sampleReader === undefined) return undefined
    // The newest record may have become due just now; only a sample that is too fast for this machine stays behind.
    return { speed: SAMPLE_SPEED, live: this.sampleClock.live && this.sampleReader.behindMs < LIVE_WITHIN_MS }
  }

  /** Only of clusters: a file's end is not known in lines, and samples come as they are made. */
  highWatermarks(): readonly SourceEnd[] {
    return this.readers.flatMap(({ reader, nodes, durable }) => {
      if (!durable) return []
      return reader
        .highWatermarks()
        .flatMap(({ topic, partition, offset }) => (nodes.get(topic) ?? []).map((nodeId) => ({ nodeId, partition, offset })))
    })
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.readers.map(({ reader }) => reader.close()))
    await Promise.allSettled(this.ports.map((port) => port.close()))
  }
}

/** Where a reader goes on: the positions of its own sources; of two that read one topic the earlier one, and the engine passes over what it has. */
function positionsOf(snapshot: EngineSnapshot, nodes: ReadonlyMap<string, readonly string[]>): TopicPosition[] {
  const positions = new Map<string, TopicPosition>()
  for (const { source, topic, partition, position } of snapshot.partitions) {
    if (topic === null || position === null || nodes.get(topic)?.includes(source) !== true) continue
    const place = `${topic}/${partition}`
    positions.set(place, { topic, partition, offset: Math.min(position, positions.get(place)?.offset ?? position) })
  }
  return [...positions.values()]
}

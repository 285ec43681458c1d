import { withTopicAdmin } from '../connectors/kafka/topic-admin.ts'
import { hasToFetch, type MissingSoftware, missingSoftware } from '../local-kafka/kafka-software.ts'
import { LocalKafkaError } from '../local-kafka/local-kafka-error.ts'
import {
  adoptOwnKafka,
  ownKafkaLog,
  ownKafkaStatus,
  resetOwnKafka,
  startOwnKafka,
  stopOwnKafka,
  stopOwnKafkaOf,
} from '../local-kafka/own-kafka.ts'
import { topicSizes } from '../local-kafka/topic-sizes.ts'
import type { FillProgress, LocalKafkaState, LocalTopic } from '../rpc/local-kafka-state.ts'
import type { RunTarget } from '../rpc/run-target.ts'
import type { BoundNode } from '../runner/bindings.ts'
import { prepareLocalTopics, usesLocalKafka, withLocalKafka } from '../runner/local-topics.ts'
import { forgetRunsOn } from '../runner/snapshot-file.ts'
import { type LocalTarget, localKafkaAt, type Target } from '../runner/targets.ts'
import type { Spec } from '../spec/spec.ts'
import type { FolderAccess } from './file-access.ts'
import { fillWithSamples } from './fill-with-samples.ts'
import { inWords, Refusal } from './refusal.ts'

export interface LocalKafkaOptions {
  readonly dataDir: string
  /** The program that ends it when it quits, where it was started from here. */
  readonly ownerPid: number
}

/** What a look at the state costs a second; changes from here are told at once. */
const LOOK_MS = 1_000
/** Looking for Java starts a process. */
const SOFTWARE_MS = 10_000

/** The user's own Kafka as the page knows it. It may be started, stopped and emptied by other programs at any time. */
export class LocalKafkaOfUser {
  private readonly options: LocalKafkaOptions
  private work: 'start' | 'stop' | undefined
  private lines: string[] = []
  private failure: string | undefined
  private software: { readonly atMs: number; readonly missing: Promise<readonly MissingSoftware[]> } | undefined
  private starting: Promise<string> | undefined
  /** Who waits for the start and shows what it does. */
  private readonly listeners = new Set<(line: string) => void>()
  private readonly waiting = new Set<() => void>()
  private changes = 0
  private readonly adopted: Promise<void>

  constructor(options: LocalKafkaOptions) {
    this.options = options
    this.adopted = adoptOwnKafka(options.ownerPid, options.dataDir).catch(() => {}) // it goes on without an owner
  }

  async state(): Promise<LocalKafkaState> {
    await this.adopted
    const status = await ownKafkaStatus(this.options.dataDir)
    if (this.work === 'stop') return { type: 'stopping' }
    if (this.work === 'start') return { type: 'starting', lines: [...this.lines] }
    if (status.type === 'running') {
      const { bootstrap, pid, startedMs, memoryBytes, owner } = status
      const endsWithUs = owner.type === 'program' && owner.pid === this.options.ownerPid
      return { type: 'running', bootstrap, pid, sinceMs: startedMs, memoryBytes: memoryBytes ?? null, endsWithUs }
    }
    if (status.type === 'starting') return { type: 'starting', lines: [] }
    const missing = await this.missing()
    if (missing.length > 0) return { type: 'missing', missing }
    if (this.failure !== undefined) return { type: 'failed', message: this.failure }
    return { type: 'stopped', interrupted: status.interrupted, fetches: hasToFetch() }
  }

  async *watch(signal: AbortSignal | undefined): AsyncGenerator<LocalKafkaState, void> {
    let told = ''
    while (signal?.aborted !== true) {
      const seen = this.changes
      const state = await this.state()
      const text = JSON.stringify(state)
      if (text !== told) yield state
      told = text
      if (seen === this.changes) await this.nextLook(signal)
    }
  }

  async start(): Promise<void> {
    await this.refuseWhatIsMissing()
    this.ensure().catch(() => {}) // it is a state
  }

  async stop(): Promise<void> {
    await this.end((log) => stopOwnKafka(this.options.dataDir, log))
  }

  async reset(): Promise<void> {
    const { dataDir } = this.options
    const status = await ownKafkaStatus(dataDir)
    await this.end((log) => resetOwnKafka(dataDir, log))
    if (status.type === 'running') forgetRunsOn(dataDir, status.bootstrap)
  }

  /** Starts it where a target is it and it does not run, and gives the targets of a run, with topics for what it writes. */
  async connect(
    targets: ReadonlyMap<string, Target | LocalTarget>,
    bound: readonly BoundNode<Target | LocalTarget>[],
    write: boolean,
    say: (step: string) => void,
  ): Promise<ReadonlyMap<string, Target>> {
    if (!usesLocalKafka(targets)) return withLocalKafka(targets, undefined)
    const bootstrap = await this.ensure((line) => say(stepOf(line)))
    await prepareLocalTopics(bootstrap, bound, { write })
    return withLocalKafka(targets, bootstrap)
  }

  /** Where the target is. Refuses where the local Kafka does not run: looking at it starts nothing. */
  async resolve(target: RunTarget): Promise<Target> {
    return target.type === 'local' ? localKafkaAt(await this.bootstrap()) : target
  }

  async topics(): Promise<readonly LocalTopic[]> {
    const bootstrap = await this.bootstrap()
    const counted = await inWords(withTopicAdmin(bootstrap, (topics) => topics.counted()))
    const sizes = await topicSizes(this.options.dataDir)
    return counted.map((topic) => ({ ...topic, bytes: sizes.get(topic.name) ?? 0 }))
  }

  /** Writes the sample data of the document. */
  async *fill(spec: Spec, access: FolderAccess, replace: boolean, signal: AbortSignal | undefined): AsyncGenerator<FillProgress, void> {
    yield* fillWithSamples({ bootstrap: await this.bootstrap(), spec, access, replace, signal })
  }

  log(limit: number): Promise<{ readonly file: string; readonly lines: readonly string[] }> {
    return ownKafkaLog(this.options.dataDir, limit)
  }

  /** Where this program is the one that ends it: when it quits. */
  async close(): Promise<void> {
    if (this.options.ownerPid === process.pid) await stopOwnKafkaOf(process.pid, this.options.dataDir, () => {})
  }

  /** HOST:PORT of the one that runs, started where it does not. */
  private async ensure(say: (line: string) => void = () => {}): Promise<string> {
    this.starting ??= this.begin().finally(() => {
      this.starting = undefined
    })
    this.listeners.add(say)
    try {
      return await this.starting
    } finally {
      this.listeners.delete(say)
    }
  }

  private async begin(): Promise<string> {
    this.lines = []
    this.failure = undefined
    const { dataDir, ownerPid } = this.options
    const status = await ownKafkaStatus(dataDir)
    if (status.type === 'running') return status.bootstrap
    await this.refuseWhatIsMissing()
    this.become('start')
    try {
      const log = (line: string): void => {
        this.lines.push(line)
        for (const listener of this.listeners) listener(line)
        this.changed()
      }
      return (await startOwnKafka({ dataDir, owner: { type: 'program', pid: ownerPid }, log })).bootstrap
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error)
      throw error
    } finally {
      this.become(undefined)
    }
  }

  private async end(work: (log: (line: string) => void) => Promise<unknown>): Promise<void> {
    this.failure = undefined
    this.become('stop')
    try {
      await work(() => {})
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error)
      throw error instanceof LocalKafkaError ? new Refusal(error.code, error.message, { cause: error }) : error
    } finally {
      this.become(undefined)
    }
  }

  private async bootstrap(): Promise<string> {
    const status = await ownKafkaStatus(this.options.dataDir)
    if (status.type === 'running') return status.bootstrap
    throw new Refusal('LOCAL_KAFKA_STOPPED', 'The local Kafka does not run. Start it first; a run on it starts it by itself.')
  }

  private missing(): Promise<readonly MissingSoftware[]> {
    if (this.software === undefined || Date.now() - this.software.atMs > SOFTWARE_MS)
      this.software = { atMs: Date.now(), missing: missingSoftware() }
    return this.software.missing
  }

  private async refuseWhatIsMissing(): Promise<void> {
    const missing = await missingSoftware()
    if (missing.length > 0) throw new Refusal('LOCAL_KAFKA_MISSING', missing.map(({ how }) => how).join(' '))
  }

  private become(work: 'start' | 'stop' | undefined): void {
    this.work = work
    this.changed()
  }

  private changed(): void {
    this.changes++
    for (const wake of this.waiting) wake()
  }

  private nextLook(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        this.waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, LOOK_MS)
      signal?.addEventListener('abort', done)
      this.waiting.add(done)
    })
  }
}

/** Of what the local Kafka says while it starts, as a step of a run: `starting: local Kafka …`. */
function stepOf(line: string): string {
  const text = line.replace(/ ?\.\.\.$/, '').replace(/ \(process .*$/, '')
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

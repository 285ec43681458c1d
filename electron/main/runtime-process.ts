import path from 'node:path'
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import type { KafkaConfig } from '../../pipeline-runtime/connectors/kafka/connection.ts'
import type { TypedSecrets } from '../../pipeline-runtime/rpc/run-target.ts'
import { type FromRuntime, fromRuntime, type RuntimeSettings, type ToRuntime } from '../runtime-host/runtime-message.ts'
import { LastLine } from './last-line.ts'
import { lossReason } from './loss-reason.ts'
import { restartDelay } from './restart-delay.ts'

export interface RuntimeListener {
  /** A runtime is up; `connect` gives ports to it. */
  ready(): void
  /** It ended by itself. The next one is on its way. */
  lost(reason: string): void
  /** It is about to use a connection. Rejects with the words for the user. */
  secretsOf(name: string, config: KafkaConfig): Promise<TypedSecrets>
}

const SCRIPT = path.join(import.meta.dirname, 'runtime-host.js')
/** A runtime that is asked to close saves the state of its runs and lets go of those that take long, within 8 s; one that takes longer hangs. */
const CLOSE_MS = 10_000

/** The runtime of one window, started again whenever it ends by itself. */
export class RuntimeProcess {
  private child: UtilityProcess | undefined
  private up = false
  private closed = false
  private begun = false
  private startedAt = 0
  /** How many in a row ended soon after their start. */
  private shortLives = 0
  private restart: NodeJS.Timeout | undefined
  private readonly folders = new Set<string>()
  private readonly settings: RuntimeSettings
  private readonly listener: RuntimeListener

  constructor(settings: RuntimeSettings, listener: RuntimeListener) {
    this.settings = settings
    this.listener = listener
  }

  /** The first start; later ones follow by themselves. */
  begin(): void {
    if (this.begun || this.closed) return
    this.begun = true
    this.start()
  }

  /** A new way to the runtime; undefined while there is none, and `ready` says when there is. */
  connect(): MessagePortMain | undefined {
    if (!this.up || this.child === undefined) return undefined
    const { port1, port2 } = new MessageChannelMain()
    this.child.postMessage({ type: 'connect' } satisfies ToRuntime, [port1])
    return port2
  }

  /** Documents may use files below this folder, now and after a restart. */
  allow(folder: string): void {
    if (this.folders.has(folder)) return
    this.folders.add(folder)
    if (this.up) this.send({ type: 'allow', folder })
  }

  /** Lets runs save their state and ends the process. */
  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.restart)
    const { child } = this
    if (child === undefined) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.postMessage({ type: 'close' } satisfies ToRuntime)
    const patience = setTimeout(() => child.kill(), CLOSE_MS)
    await ended
    clearTimeout(patience)
  }

  /** Of the process, for tests that end it. */
  get pid(): number | undefined {
    return this.child?.pid
  }

  private start(): void {
    this.startedAt = Date.now()
    const child = utilityProcess.fork(SCRIPT, [JSON.stringify(this.settings)], { serviceName: 'Millrace engine', stdio: 'pipe' })
    const said = new LastLine()
    child.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk)
      said.take(chunk.toString('utf8'))
    })
    child.stdout?.on('data', (chunk: Buffer) => process.stdout.write(chunk))
    child.on('message', (message: unknown) => {
      const said = fromRuntime.safeParse(message).data
      if (said?.type === 'ready') this.cameUp(child)
      else if (said !== undefined) void this.answer(child, said)
    })
    child.once('exit', (code) => this.ended(child, lossReason(code, said.text)))
    this.child = child
  }

  private cameUp(child: UtilityProcess): void {
    if (this.child !== child || this.closed) return
    this.up = true
    for (const folder of this.folders) this.send({ type: 'allow', folder })
    this.listener.ready()
  }

  private async answer(child: UtilityProcess, { id, name, config }: Extract<FromRuntime, { type: 'ask-secrets' }>): Promise<void> {
    const answer = await this.listener.secretsOf(name, config).then(
      (secrets): ToRuntime => ({ type: 'secrets', id, secrets }),
      (error: unknown): ToRuntime => ({ type: 'no-secrets', id, reason: error instanceof Error ? error.message : String(error) }),
    )
    if (this.child === child) this.send(answer)
  }

  private ended(child: UtilityProcess, reason: string): void {
    if (this.child !== child) return
    this.child = undefined
    this.up = false
    if (this.closed) return
    const { delayMs, shortLives } = restartDelay(Date.now() - this.startedAt, this.shortLives)
    this.shortLives = shortLives
    this.restart = setTimeout(() => this.start(), delayMs)
    this.listener.lost(reason)
  }

  private send(message: ToRuntime): void {
    this.child?.postMessage(message)
  }
}

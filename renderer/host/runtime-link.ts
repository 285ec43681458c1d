import type { RuntimeClient, RuntimeLink } from './host.ts'

type Listener = Parameters<RuntimeLink['onChange']>[0]

/** A link whose host says when the runtime comes and goes. */
export class ChangingRuntimeLink implements RuntimeLink {
  client: RuntimeClient | undefined
  lostReason: string | undefined
  private readonly listeners = new Set<Listener>()
  private waiting: ((client: RuntimeClient) => void)[] = []

  came(client: RuntimeClient): void {
    this.client = client
    this.lostReason = undefined
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve(client)
    for (const listener of this.listeners) listener({ type: 'ready' })
  }

  /** A reason that comes later replaces the one before: more is known by then. */
  went(reason: string): void {
    if (this.lostReason === reason) return
    this.client = undefined
    this.lostReason = reason
    for (const listener of this.listeners) listener({ type: 'lost', reason })
  }

  ready(): Promise<RuntimeClient> {
    return this.client === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(this.client)
  }

  onChange(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

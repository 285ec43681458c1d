import type { RuntimeClient, RuntimeLink } from './host.ts'

type Listener = Parameters<RuntimeLink['onChange']>[0]

/** A link whose host says when the runtime comes and goes. */
export class ChangingRuntimeLink implements RuntimeLink {
  client: RuntimeClient | undefined
  private readonly listeners = new Set<Listener>()
  private waiting: ((client: RuntimeClient) => void)[] = []

  came(client: RuntimeClient): void {
    this.client = client
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve(client)
    for (const listener of this.listeners) listener({ type: 'ready' })
  }

  went(reason: string): void {
    if (this.client === undefined) return
    this.client = undefined
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

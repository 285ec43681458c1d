import type { ShellEvent } from '../../pipeline-runtime/rpc/shell-api.ts'

/** What happens to a window, for its page. What happened before the page listened is kept for it. */
export class WindowEvents {
  private readonly listeners = new Set<(event: ShellEvent) => void>()
  private early: ShellEvent[] = []

  send(event: ShellEvent): void {
    if (this.listeners.size === 0) this.early.push(event)
    for (const listener of this.listeners) listener(event)
  }

  get heard(): boolean {
    return this.listeners.size > 0
  }

  /** Until `signal` says that the page is gone. */
  async *listen(signal: AbortSignal | undefined): AsyncGenerator<ShellEvent, void> {
    const queue = this.early
    this.early = []
    let wake: (() => void) | undefined
    const listener = (event: ShellEvent): void => {
      queue.push(event)
      wake?.()
    }
    const stop = (): void => {
      this.listeners.delete(listener)
      wake?.()
    }
    this.listeners.add(listener)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      while (signal?.aborted !== true) {
        const next = queue.shift()
        if (next !== undefined) yield next
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      stop()
    }
  }
}

import type { Outage } from '../rpc/run-state.ts'
import type { BrokerOutage } from '../runner/run-options.ts'

/** Less is a hiccup, such as a partition whose leader moved, and nobody has to hear of it. */
const SHOWN_AFTER_MS = 1_000

/** Clusters that do not answer, by who waits for them. */
export class Outages {
  private readonly waiting = new Map<string, Outage & { readonly sinceMs: number }>()

  take({ bootstrap, what, reason }: BrokerOutage): void {
    const key = `${what} ${bootstrap}`
    if (reason === undefined) this.waiting.delete(key)
    else this.waiting.set(key, { bootstrap, reason, sinceMs: this.waiting.get(key)?.sinceMs ?? performance.now() })
  }

  /** The one that lasts longest. */
  current(): Outage | undefined {
    for (const { bootstrap, reason, sinceMs } of this.waiting.values())
      if (performance.now() - sinceMs >= SHOWN_AFTER_MS) return { bootstrap, reason }
    return undefined
  }
}

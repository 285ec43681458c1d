/** Longest time for which a run works without letting others of its process have their turn. */
const TURN_MS = 8

/** A source that delivers at full speed would keep timers, sockets and calls waiting. Where the turns lie changes no result. */
export class Turns {
  private sinceMs = performance.now()

  async give(): Promise<void> {
    if (performance.now() - this.sinceMs < TURN_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    this.sinceMs = performance.now()
  }
}

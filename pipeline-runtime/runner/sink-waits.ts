/** How long a run has waited for each of its sinks, one at a time. */
export class SinkWaits {
  private readonly totals = new Map<string, number>()
  private waiting: { readonly nodeId: string; readonly sinceMs: number } | undefined

  async during(nodeId: string, work: Promise<void>): Promise<void> {
    this.waiting = { nodeId, sinceMs: performance.now() }
    try {
      await work
    } finally {
      this.totals.set(nodeId, this.of(nodeId))
      this.waiting = undefined
    }
  }

  /** Milliseconds, with the wait that goes on now. */
  of(nodeId: string): number {
    const before = this.totals.get(nodeId) ?? 0
    return this.waiting?.nodeId === nodeId ? before + performance.now() - this.waiting.sinceMs : before
  }
}

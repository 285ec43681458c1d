/** How long a run has waited for each of its sinks: to take records, or to make safe what they have taken. */
export class SinkWaits {
  private readonly totals = new Map<string, number>()
  private readonly sinceMs = new Map<string, number>()

  async during(nodeIds: readonly string[], work: Promise<void>): Promise<void> {
    for (const nodeId of nodeIds) this.sinceMs.set(nodeId, performance.now())
    try {
      await work
    } finally {
      for (const nodeId of nodeIds) {
        this.totals.set(nodeId, this.of(nodeId))
        this.sinceMs.delete(nodeId)
      }
    }
  }

  /** Sinks that are waited for now. */
  current(): readonly string[] {
    return [...this.sinceMs.keys()]
  }

  /** Milliseconds, with the wait that goes on now. */
  of(nodeId: string): number {
    const since = this.sinceMs.get(nodeId)
    return (this.totals.get(nodeId) ?? 0) + (since === undefined ? 0 : performance.now() - since)
  }
}

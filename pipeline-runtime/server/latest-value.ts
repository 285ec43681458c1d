/** Carries the newest of what happens to a reader that may be slower; what it misses is out of date. */
export class LatestValue<T> {
  private value: T | undefined
  private over = false
  private wake = (): void => {}

  set(value: T): void {
    this.value = value
    this.wake()
  }

  /** The reader gets what is left, and ends. */
  end(): void {
    this.over = true
    this.wake()
  }

  async *read(): AsyncGenerator<T, void> {
    for (;;) {
      if (this.value === undefined && !this.over)
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
      const { value } = this
      this.value = undefined
      if (value !== undefined) yield value
      else if (this.over) return
    }
  }
}

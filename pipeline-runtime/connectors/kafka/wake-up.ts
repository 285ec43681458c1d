/** Lets a loop sleep until there is work. A call that comes while it works is not lost: the next sleep ends at once. */
export class WakeUp {
  #called = false
  #resume: (() => void) | undefined

  call(): void {
    this.#called = true
    this.#resume?.()
  }

  async sleep(longestMs: number): Promise<void> {
    if (!this.#called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longestMs)
        this.#resume = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    this.#called = false
    this.#resume = undefined
  }
}

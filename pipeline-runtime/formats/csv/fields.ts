/** Cuts one CSV record into fields, without copying. */
export class CsvFields {
  count = 0
  starts = new Int32Array(32)
  ends = new Int32Array(32)
  /** 0 unquoted, 1 quoted, 2 quoted with doubled quotes inside. */
  quotes = new Uint8Array(32)

  /** Undefined, or what is wrong. */
  split(bytes: Uint8Array, start: number, end: number, delimiter: number): string | undefined {
    this.count = 0
    let i = start
    for (;;) {
      if (i < end && bytes[i] === 34) {
        const first = i + 1
        let doubled = false
        i = first
        for (;;) {
          const quote = bytes.indexOf(34, i)
          if (quote < 0 || quote >= end) return `field ${this.count + 1} starts with a quote that is never closed`
          i = quote + 1
          if (i >= end || bytes[i] !== 34) break
          doubled = true
          i++
        }
        this.add(first, i - 1, doubled ? 2 : 1)
        if (i >= end) return undefined
        if (bytes[i] !== delimiter) return `field ${this.count} has text behind its closing quote`
        i++
      } else {
        const first = i
        while (i < end && bytes[i] !== delimiter) i++
        this.add(first, i, 0)
        if (i >= end) return undefined
        i++
      }
    }
  }

  private add(start: number, end: number, quotes: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts)
      this.ends = grown(this.ends)
      const wider = new Uint8Array(this.starts.length)
      wider.set(this.quotes)
      this.quotes = wider
    }
    this.starts[this.count] = start
    this.ends[this.count] = end
    this.quotes[this.count++] = quotes
  }
}

function grown(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2)
  to.set(from)
  return to
}

/** The inside of a quoted field with each doubled quote made one. */
export function unquoted(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const out = new Uint8Array(end - start)
  let n = 0
  for (let i = start; i < end; i++) {
    const c = bytes[i] as number
    out[n++] = c
    if (c === 34) i++
  }
  return out.subarray(0, n)
}

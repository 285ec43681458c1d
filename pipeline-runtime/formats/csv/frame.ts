import type { FramedRecords, Framer } from '../format.ts'
import { afterMark } from '../json/lines.ts'

const FIELD_START = 0
const UNQUOTED = 1
const QUOTED = 2
const CLOSED = 3

/** Cuts at LF and CRLF outside of quotes. A quote counts only at the start of a field, as in `CsvFields`. */
export function csvFramer(delimiter: number): Framer {
  return {
    cut(bytes: Uint8Array, length: number, atEnd: boolean, line: number, into: FramedRecords) {
      let consumed = 0
      let nextLine = line
      for (;;) {
        const start = nextLine === 1 && consumed === 0 ? afterMark(bytes, length) : consumed
        if (start >= length) return { consumed: atEnd ? length : consumed, nextLine }
        let lines = 0
        let state = FIELD_START
        let i = start
        for (; i < length; i++) {
          const c = bytes[i]
          if (c === 10) {
            lines++
            if (state !== QUOTED) break
          } else if (state === QUOTED) {
            if (c === 34) state = CLOSED
          } else if (c === 34 && state !== UNQUOTED) state = QUOTED
          else state = c === delimiter ? FIELD_START : UNQUOTED
        }
        if (i >= length && !atEnd) return { consumed, nextLine }
        into.starts.push(start)
        into.ends.push(i > start && bytes[i - 1] === 13 ? i - 1 : i)
        into.lines.push(nextLine)
        // Behind the last record, too, comes another line, so that a position there is not that of the record.
        nextLine += i < length ? lines : lines + 1
        consumed = Math.min(i + 1, length)
      }
    },
  }
}

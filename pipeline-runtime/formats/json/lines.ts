import type { FramedRecords, Framer } from '../format.ts'

/** One record a line; LF or CRLF. Blank lines and a byte order mark are passed over. */
export const lineFramer: Framer = {
  cut(bytes: Uint8Array, length: number, atEnd: boolean, line: number, into: FramedRecords) {
    let start = 0
    let nextLine = line
    while (start < length) {
      const found = bytes.indexOf(10, start)
      const complete = found >= 0 && found < length
      if (!complete && !atEnd) break
      const next = complete ? found + 1 : length
      const from = nextLine === 1 && start === 0 ? afterMark(bytes, length) : start
      const end = trimmedEnd(bytes, from, complete ? found : length)
      if (end > from) {
        into.starts.push(from)
        into.ends.push(end)
        into.lines.push(nextLine)
      }
      nextLine++
      start = next
    }
    return { consumed: start, nextLine }
  },
}

/** Where the text starts behind a byte order mark, which may stand in front of the first line. */
export function afterMark(bytes: Uint8Array, length: number): number {
  return length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  while (end > start) {
    const c = bytes[end - 1]
    if (c !== 13 && c !== 32 && c !== 9) break
    end--
  }
  return end
}

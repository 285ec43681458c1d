/** Tumbling windows: [start, end) without gaps or overlaps, the last millisecond inside is end - 1 (semantics rule 11). */
export interface TumblingWindow {
  readonly sizeMs: number
  readonly offsetMs: number
}

/** The start of the window that a time falls into; right before 1970 as well. */
export function windowStart(time: number, window: TumblingWindow): number {
  return time - floorMod(time - window.offsetMs, window.sizeMs)
}

function floorMod(dividend: number, divisor: number): number {
  const rest = dividend % divisor
  return rest < 0 ? rest + divisor : rest
}

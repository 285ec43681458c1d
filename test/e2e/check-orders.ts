import type { Expected } from './orders-files.ts'

/** Reads integers with all their digits: JSON.parse would round them. */
function integerOf(line: string, name: string): bigint | null {
  const text = new RegExp(`"${name}":(-?\\d+|null)`).exec(line)?.[1]
  if (text === undefined) throw new Error(`no ${name} in ${line}`)
  return text === 'null' ? null : BigInt(text)
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '')

/** Compares what a pipeline over orders wrote with the independent computation, row by row. Throws at the first difference. */
export function checkOrders(want: Expected, got: { readonly result: string; readonly late: string; readonly broken: string }): void {
  const same = (what: string, wanted: unknown, found: unknown) => {
    if (wanted !== found) throw new Error(`${what}: expected ${String(wanted)}, got ${String(found)}`)
  }
  same('late rows', want.late, linesOf(got.late).length)
  same('broken lines', want.errors, linesOf(got.broken).length)
  const lines = linesOf(got.result)
  same('result rows', want.windows.size, lines.length)
  const seen = new Set<string>()
  for (const line of lines) {
    const row = JSON.parse(line) as { country: string | null; window_start: string; mean: number | null; last_note: string | null }
    const key = `${row.country}|${Date.parse(row.window_start)}`
    const window = want.windows.get(key)
    if (window === undefined || seen.has(key)) throw new Error(`a row that is not expected: ${line}`)
    seen.add(key)
    same(`${key} orders`, BigInt(window.orders), integerOf(line, 'orders'))
    same(`${key} cents`, window.cents, integerOf(line, 'cents'))
    same(`${key} smallest`, window.smallest, integerOf(line, 'smallest'))
    same(`${key} last_note`, window.lastNote, row.last_note)
    const mean = window.amountCount === 0 ? null : window.amountSum / window.amountCount
    const near = mean === null || row.mean === null ? mean === row.mean : Math.abs(mean - row.mean) <= 1e-9 * Math.abs(mean)
    if (!near) throw new Error(`${key} mean: expected ${mean}, got ${row.mean}`)
  }
}

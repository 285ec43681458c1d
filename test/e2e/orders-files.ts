import { closeSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { minuteWindow, windowedDocument } from './windowed-document.ts'

/**
 * Orders with everything that makes input hard: disorder, late rows, integers beyond 2^53, nulls, quotes and line breaks inside fields,
 * non-ASCII text and three broken lines; and what a pipeline over them has to give, computed here without any code of the product.
 */
export interface Order {
  readonly id: bigint
  readonly country: string | null
  readonly cents: bigint | null
  readonly amount: number | null
  readonly note: string | null
  readonly at: number
}

export interface Expected {
  /** By `country|window start`. */
  readonly windows: ReadonlyMap<string, ExpectedWindow>
  readonly late: number
  readonly errors: number
  readonly removed: number
}

export interface ExpectedWindow {
  readonly country: string | null
  readonly start: number
  orders: number
  cents: bigint | null
  smallest: bigint
  amountSum: number
  amountCount: number
  lastNote: string | null
}

const START = Date.UTC(2026, 0, 1)
const BOUNDED_DELAY_MS = 5000
const WINDOW_MS = 60_000
const COUNTRIES = ['DE', 'FR', 'NL', 'Åland', '日本', '🇧🇷', null]
const NOTES = ['plain', 'with "quotes"', 'two\nlines', 'ünï😀code', 'semi;colon, comma', '', null, '～wide']

export function* orders(count: number): Generator<Order> {
  let seed = 12345
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor((seed / 4294967296) * below)
  }
  for (let i = 0; i < count; i++) {
    // Ten rows a second; most within the bounded delay, one in a hundred far beyond it.
    const disorder = random(100) === 0 ? -random(300_000) : -random(4000)
    yield {
      id: 9007199254740993n + BigInt(i),
      country: COUNTRIES[random(COUNTRIES.length)] ?? null,
      cents: random(20) === 0 ? null : random(10) === 0 ? 9223372036854775000n - BigInt(random(1000)) : BigInt(random(100_000)),
      amount: random(20) === 0 ? null : random(1_000_000) / 100,
      note: NOTES[random(NOTES.length)] ?? null,
      at: START + i * 100 + disorder,
    }
  }
}

/** Rows after which a broken line stands. */
function brokenAfter(count: number): readonly number[] {
  return [Math.floor(count / 4), Math.floor(count / 2), count - 1]
}

export function writeJsonLines(file: string, count: number): void {
  const broken = brokenAfter(count)
  writeLines(file, count, undefined, (order, i) => {
    const id = order.id.toString()
    const text = `{"id":${id},"country":${JSON.stringify(order.country)},"cents":${order.cents ?? 'null'},"amount":${order.amount ?? 'null'},"note":${JSON.stringify(order.note)},"at":${order.at},"ignored":{"deep":[1,"]}"]}}\n`
    return broken.includes(i) ? `${text}{"id":${id},"country":"DE"\n` : text
  })
}

export function writeCsv(file: string, count: number): void {
  const broken = brokenAfter(count)
  const quoted = (text: string | null) =>
    text === null ? '' : text === '' || /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  writeLines(file, count, 'id,country,cents,amount,note,at\n', (order, i) => {
    const text = `${order.id},${quoted(order.country)},${order.cents ?? ''},${order.amount ?? ''},${quoted(order.note)},${order.at}\n`
    return broken.includes(i) ? `${text}${order.id},DE,not a number,1.5,x,${order.at}\n` : text
  })
}

function writeLines(file: string, count: number, header: string | undefined, line: (order: Order, index: number) => string): void {
  const descriptor = openSync(file, 'w')
  let text = header ?? ''
  let i = 0
  for (const order of orders(count)) {
    text += line(order, i++)
    if (text.length > 1 << 20) {
      writeSync(descriptor, text)
      text = ''
    }
  }
  writeSync(descriptor, text)
  closeSync(descriptor)
}

/** What passes `ordersDocument`'s filter. */
function passes(order: Order): boolean {
  return order.note?.includes('o') === true || (order.cents !== null && order.cents >= 500n)
}

export function expected(count: number): Expected {
  const windows = new Map<string, ExpectedWindow>()
  let maximum = Number.NEGATIVE_INFINITY
  let late = 0
  let removed = 0
  for (const order of orders(count)) {
    const watermark = maximum - BOUNDED_DELAY_MS - 1
    maximum = Math.max(maximum, order.at)
    if (!passes(order)) {
      removed++
      continue
    }
    const start = Math.floor(order.at / WINDOW_MS) * WINDOW_MS
    if (watermark >= start + WINDOW_MS - 1) {
      late++
      continue
    }
    const key = `${order.country}|${start}`
    const window = windows.get(key) ?? {
      country: order.country,
      start,
      orders: 0,
      cents: null,
      smallest: order.id,
      amountSum: 0,
      amountCount: 0,
      lastNote: null,
    }
    windows.set(key, window)
    window.orders++
    // The computed column halves the cents, cut towards zero.
    if (order.cents !== null) window.cents = (window.cents ?? 0n) + order.cents / 2n
    if (order.id < window.smallest) window.smallest = order.id
    if (order.amount !== null) {
      window.amountSum += order.amount
      window.amountCount++
    }
    if (order.note !== null && (window.lastNote === null || Buffer.compare(Buffer.from(order.note), Buffer.from(window.lastNote)) > 0))
      window.lastNote = order.note
  }
  return { windows, late, errors: 3, removed }
}

/** File → filter → select → window per country and minute → file; late rows and broken lines to files of their own. */
export function ordersDocument(format: 'json' | 'csv', input: string): object {
  const sink = (id: string) => ({ id, kind: 'file-sink', config: { path: `${path.parse(input).name}.${format}.${id}.jsonl` } })
  const source = {
    path: input,
    format: { type: format },
    columns: [
      { name: 'id', type: 'BIGINT' },
      { name: 'country', type: 'STRING' },
      { name: 'cents', type: 'BIGINT' },
      { name: 'amount', type: 'DOUBLE' },
      { name: 'note', type: 'STRING' },
      { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
    ],
    eventTime: 'at',
    boundedDelayMs: BOUNDED_DELAY_MS,
    onError: 'dead-letter',
  }
  const columns = [{ name: 'id' }, { name: 'country' }, { name: 'half', expression: 'cents / 2' }, { name: 'amount' }, { name: 'note' }]
  return windowedDocument({
    name: `Orders from ${format}`,
    steps: [
      { id: 'orders', kind: 'file-source', config: source },
      { id: 'interesting', kind: 'filter', config: { condition: "note LIKE '%o%' OR cents >= 500" } },
      { id: 'halved', kind: 'select', config: { columns } },
      minuteWindow('per_country', 'country', [
        { as: 'orders', function: 'count' },
        { as: 'cents', function: 'sum', of: 'half' },
        { as: 'smallest', function: 'min', of: 'id' },
        { as: 'mean', function: 'avg', of: 'amount' },
        { as: 'last_note', function: 'max', of: 'note' },
      ]),
    ],
    result: sink('result'),
    late: sink('late'),
    broken: sink('broken'),
  })
}

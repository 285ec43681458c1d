import { type ExampleRow, runExample } from '../../pipeline-runtime/examples/run-example.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { writeJson } from '../../pipeline-runtime/spec/write-document.ts'

// The pictures on the cards of the gallery: each example is run to its end, so that no number on them is made up.

interface Line {
  readonly name: string
  readonly marked: boolean
  /** `24 22 0`: as text, so that it stands on one line. */
  readonly values: string
}

type Still =
  | { readonly type: 'lines'; readonly caption: string; readonly lines: readonly Line[] }
  | {
      readonly type: 'bars'
      readonly caption: string
      readonly bars: readonly { readonly name: string; readonly text: string; readonly share: number }[]
    }

/** `folder`: of the examples, with a slash at its end. */
export async function generate(folder: string): Promise<{ path: string; text: string }[]> {
  const stills: Readonly<Record<string, Still>> = {
    'purchases-per-country': await purchasesPerCountry(folder),
    'live-report': await liveReport(folder),
    'guessed-passwords': await guessedPasswords(folder),
    'slow-api': await slowApi(folder),
    'lying-sensor': await lyingSensor(folder),
  }
  return [{ path: 'renderer/gallery/stills.json', text: writeJson(stills) }]
}

async function purchasesPerCountry(folder: string): Promise<Still> {
  const rows = (await runExample('purchases-per-country', undefined, folder)).rows('spending')
  const series = byWindow(rows, 'country', (row) => number(row.revenue))
  const silent = [...series].map(([country, values]) => ({ country, minutes: values.filter((value) => value === 0).length }))
  const { country, minutes } = highest(silent, (entry) => entry.minutes)
  return { type: 'lines', caption: `${country} spends nothing for ${minutes} minutes.`, lines: scaled(series, [country]) }
}

async function liveReport(folder: string): Promise<Still> {
  const delays = [5, 30, 60, 120]
  const shares: number[] = []
  for (const seconds of delays) {
    const run = await runExample('live-report', withDelay(seconds * 1000), folder)
    const missed = total(run.rows('missed'), 'amount')
    shares.push(missed / (missed + total(run.rows('revenue'), 'revenue')))
  }
  const most = Math.max(...shares)
  const [first = 0] = shares
  return {
    type: 'bars',
    caption: `${percent(first)} of revenue comes too late if it waits ${delays[0]} s.`,
    bars: delays.map((seconds, i) => ({
      name: `wait ${seconds} s`,
      text: percent(shares[i] ?? 0),
      share: Math.round((100 * (shares[i] ?? 0)) / most),
    })),
  }
}

async function guessedPasswords(folder: string): Promise<Still> {
  const run = await runExample('guessed-passwords', undefined, folder)
  const addresses = byWindow(run.rows('addresses'), 'ip', (row) => number(row.failed))
  const users = byWindow(run.rows('users'), 'user', (row) => number(row.failed))
  const windows = windowsOf([...run.rows('users'), ...run.rows('addresses')])
  const busiest = windows.map((window) =>
    Math.max(
      0,
      ...run
        .rows('users')
        .filter((row) => number(row.window_start) === window)
        .map((row) => number(row.failed)),
    ),
  )
  const [ip = ''] = addresses.keys()
  const perMinute = windows.map((window) => {
    const row = run.rows('addresses').find((candidate) => number(candidate.window_start) === window)
    return row === undefined ? 0 : number(row.failed)
  })
  const most = Math.max(...[...users.values()].flat())
  return {
    type: 'lines',
    caption: `One address fails up to ${Math.max(...perMinute)} times a minute, no user more than ${most} times.`,
    lines: scaled(
      new Map([
        ['any one user', busiest],
        [ip, perMinute],
      ]),
      [ip],
    ),
  }
}

async function slowApi(folder: string): Promise<Still> {
  const rows = (await runExample('slow-api', undefined, folder)).rows('times')
  const series = byWindow(rows, 'endpoint', (row) => number(row.mean_ms))
  const rise = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
  const { name } = highest(
    [...series].map(([endpoint, values]) => ({ name: endpoint, rise: rise(values) })),
    (entry) => entry.rise,
  )
  const slow = rows.filter((row) => row.endpoint === name && number(row.slow_share) > 0)
  const calls = total(slow, 'calls')
  const mean = slow.reduce((sum, row) => sum + number(row.mean_ms) * number(row.calls), 0) / calls
  const share = slow.reduce((sum, row) => sum + number(row.slow_share) * number(row.calls), 0) / calls
  return {
    type: 'lines',
    caption: `The mean of ${name} rises to ${Math.round(mean)} ms, yet only ${percent(share)} of its calls are slow.`,
    lines: scaled(series, [name]),
  }
}

async function lyingSensor(folder: string): Promise<Still> {
  const run = await runExample('lying-sensor', undefined, folder)
  const series = byWindow(run.rows('all'), 'sensor', (row) => number(row.highest) - number(row.lowest))
  const stuck = String(run.rows('stuck')[0]?.sensor ?? '')
  const hottest = highest(run.rows('all'), (row) => number(row.mean))
  return {
    type: 'lines',
    caption: `${stuck} stops moving. ${String(hottest.sensor)} is only the hottest.`,
    lines: scaled(series, [stuck]),
  }
}

/** By the values of a column: one number per time window, 0 where there is no row. */
function byWindow(rows: readonly ExampleRow[], column: string, valueOf: (row: ExampleRow) => number): Map<string, number[]> {
  const windows = windowsOf(rows)
  const place = new Map(windows.map((window, i) => [window, i]))
  const series = new Map<string, number[]>()
  for (const row of rows) {
    const name = String(row[column])
    const values = series.get(name) ?? windows.map(() => 0)
    series.set(name, values)
    values[place.get(number(row.window_start)) ?? 0] = valueOf(row)
  }
  return new Map([...series].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function windowsOf(rows: readonly ExampleRow[]): number[] {
  return [...new Set(rows.map((row) => number(row.window_start)))].sort((a, b) => a - b)
}

function scaled(series: ReadonlyMap<string, readonly number[]>, marked: readonly string[]): Line[] {
  const top = Math.max(...[...series.values()].flat())
  return [...series].map(([name, values]) => ({
    name,
    marked: marked.includes(name),
    values: values.map((value) => Math.round((100 * value) / top)).join(' '),
  }))
}

function withDelay(boundedDelayMs: number): (document: Document) => Document {
  return (document) => ({
    ...document,
    nodes: document.nodes.map((node) => (node.id === 'purchases' ? { ...node, config: { ...node.config, boundedDelayMs } } : node)),
  })
}

function highest<T>(items: readonly T[], valueOf: (item: T) => number): T {
  return items.reduce((best, item) => (valueOf(item) > valueOf(best) ? item : best))
}

const number = (value: unknown): number => Number(value)
const total = (rows: readonly ExampleRow[], column: string): number => rows.reduce((sum, row) => sum + number(row[column]), 0)

/** `1.7 %`, `0.19 %`, `0 %`. */
function percent(share: number): string {
  const value = share * 100
  return `${Number(value.toFixed(value < 1 ? 2 : 1))} %`
}

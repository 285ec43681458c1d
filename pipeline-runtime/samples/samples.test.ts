import { describe, expect, test } from 'vitest'
import { createColumnWriter } from '../data/column.ts'
import { jsonFormat } from '../formats/json/format.ts'
import { openShape, sampleConfig } from './sample-config.ts'
import type { SampleOptions } from './sample-shape.ts'
import { sampleShapes, shapeNamed } from './samples.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const MINUTE = 60_000

interface Rows {
  readonly [name: string]: number | string | boolean
}

function generate(name: string, options: Partial<SampleOptions> = {}) {
  const shape = shapeNamed(name)
  if (shape === undefined) throw new Error(name)
  return shape.generate({ seed: 1, startMs: START, count: shape.defaults.ratePerSecond * 900, ...options })
}

function rowsOf<T extends Rows>(name: string, options: Partial<SampleOptions> = {}): T[] {
  return [...generate(name, options)].map(({ value }) => JSON.parse(new TextDecoder().decode(value)) as T)
}

function countBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  return counts
}

const minuteOf = (row: { at: number }) => Math.floor((row.at - START) / MINUTE)
const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

type Purchase = { country: string; amount: number; status: string; device: string; at: number }

describe('what the gallery shows', { timeout: 30_000 }, () => {
  test('question 1: NL drops to zero for 3 minutes, since its payments are declined', () => {
    const nl = rowsOf<Purchase>('purchases').filter(({ country }) => country === 'NL')
    const paid = countBy(
      nl.filter(({ status }) => status === 'paid'),
      (row) => `${minuteOf(row)}`,
    )
    const minutes = Array.from({ length: 15 }, (_, m) => paid.get(`${m}`) ?? 0)
    expect(minutes.slice(6, 9)).toEqual([0, 0, 0])
    expect(Math.min(...minutes.slice(0, 6), ...minutes.slice(9))).toBeGreaterThan(200)
    const during = nl.filter((row) => minuteOf(row) >= 6 && minuteOf(row) < 9)
    expect(during.length).toBeGreaterThan(900)
    expect(during.every(({ status }) => status === 'declined')).toBe(true)
  })

  test('question 2: waiting 5 s misses 1.7 % of revenue, 30 s 0.95 %, 60 s 0.19 %, 120 s nothing', () => {
    const rows = rowsOf<Purchase>('purchases')
    const revenue = rows.reduce((sum, { amount }) => sum + amount, 0)
    const missed = [5, 30, 60, 120].map((seconds) => {
      let newest = Number.NEGATIVE_INFINITY
      let late = 0
      for (const { at, amount } of rows) {
        const windowEnd = (Math.floor(at / MINUTE) + 1) * MINUTE
        if (newest - seconds * 1000 - 1 >= windowEnd - 1) late += amount
        newest = Math.max(newest, at)
      }
      return (100 * late) / revenue
    })
    expect(missed[0]).toBeCloseTo(1.7, 1)
    expect(Math.abs((missed[1] ?? 0) - 0.95)).toBeLessThan(0.01)
    expect(Math.abs((missed[2] ?? 0) - 0.19)).toBeLessThan(0.01)
    expect(missed[3]).toBe(0)
    const delayed = [...generate('purchases')].filter(({ timestampMs, arrivalMs }) => arrivalMs - timestampMs >= 10_000)
    expect(delayed.length / rows.length).toBeCloseTo(0.03, 2)
    expect(Math.max(...delayed.map(({ timestampMs, arrivalMs }) => arrivalMs - timestampMs))).toBeLessThanOrEqual(90_000)
    expect(delayed.every(({ value }) => new TextDecoder().decode(value).includes('"phone"'))).toBe(true)
  })

  test('question 3: per user never above 2 failed sign-ins a minute, one address has 120', () => {
    type SignIn = { user: string; ip: string; success: boolean; at: number }
    const failed = rowsOf<SignIn>('sign-ins').filter(({ success }) => !success)
    expect(Math.max(...countBy(failed, (row) => `${row.user} ${minuteOf(row)}`).values())).toBe(2)
    const perAddress = [...countBy(failed, (row) => `${row.ip} ${minuteOf(row)}`)].filter(([, count]) => count > 20)
    expect(perAddress).toEqual(Array.from({ length: 9 }, (_, i) => [`203.0.113.77 ${i + 3}`, 120]))
    expect(failed.filter(({ ip }) => ip !== '203.0.113.77').length).toBeGreaterThan(500)
  })

  test('question 4: the average of searches goes from 82 to 146 ms, yet 1.5 % of them are slow', () => {
    type Call = { endpoint: string; ms: number; at: number }
    const calls = rowsOf<Call>('api-calls')
    const search = calls.filter(({ endpoint }) => endpoint === '/search')
    const figures = (from: number, to: number) => {
      const ms = search.filter((row) => minuteOf(row) >= from && minuteOf(row) < to).map((row) => row.ms)
      const sorted = [...ms].sort((a, b) => a - b)
      const slow = ms.filter((n) => n > 1000).length / ms.length
      return { average: mean(ms), slow, p50: sorted[ms.length >> 1] ?? 0, p99: sorted[Math.floor(ms.length * 0.99)] ?? 0 }
    }
    const before = figures(0, 6)
    const during = figures(6, 13)
    expect(Math.abs(before.average - 82)).toBeLessThan(0.5)
    expect(before.slow).toBe(0)
    expect(Math.abs(during.average - 146)).toBeLessThan(0.5)
    expect(during.slow).toBeCloseTo(0.015, 4)
    expect([before.p50, during.p50]).toEqual([77, 78])
    expect(Math.abs(before.p99 - 174)).toBeLessThan(6)
    expect(Math.abs(during.p99 - 4021)).toBeLessThan(20)
    for (let minute = 6; minute < 13; minute++) expect(Math.abs(figures(minute, minute + 1).average - 146)).toBeLessThan(3)
    expect(calls.filter(({ endpoint, ms }) => endpoint !== '/search' && ms > 1000)).toEqual([])
  })

  test('question 5: the sensor that never moves is not the hottest', () => {
    type Reading = { sensor: string; celsius: number; at: number }
    const readings = rowsOf<Reading>('sensor-readings')
    const windows = new Map<string, { low: number; high: number }>()
    for (const { sensor, celsius, at } of readings) {
      const key = `${sensor} ${Math.floor((at - START) / 10_000)}`
      const { low, high } = windows.get(key) ?? { low: celsius, high: celsius }
      windows.set(key, { low: Math.min(low, celsius), high: Math.max(high, celsius) })
    }
    const steady = [...windows].filter(([, { low, high }]) => high - low === 0).map(([key]) => key)
    expect(steady).toEqual(Array.from({ length: 66 }, (_, i) => `B2 ${24 + i}`))
    const hottest = readings.reduce((a, b) => (b.celsius > a.celsius ? b : a))
    expect(hottest.sensor).toBe('D2')
    expect(hottest.celsius).toBeGreaterThan(35)
    const stuck = readings.filter(({ sensor, at }) => sensor === 'B2' && at >= START + 4 * MINUTE)
    expect(new Set(stuck.map(({ celsius }) => celsius)).size).toBe(1)
    expect(stuck[0]?.celsius).toBeLessThan(25)
  })

  test('page views: of those who see the shipping costs, most leave', () => {
    const pages = countBy(rowsOf<{ page: string; at: number }>('page-views'), ({ page }) => page)
    expect((pages.get('/payment') ?? 0) / (pages.get('/shipping') ?? 1)).toBeCloseTo(0.4, 1)
    expect((pages.get('/thanks') ?? 0) / (pages.get('/payment') ?? 1)).toBeGreaterThan(0.85)
  })
})

describe.each(sampleShapes.map(({ name }) => name))('%s', { timeout: 30_000 }, (name) => {
  const shape = shapeNamed(name)
  if (shape === undefined) throw new Error(name)
  const bytes = (options: Partial<SampleOptions>) =>
    [...generate(name, { count: 3000, ...options })].map((row) => ({ ...row, value: [...row.value].join() }))

  test('equal seeds give equal bytes, others do not', () => {
    expect(bytes({ seed: 7 })).toEqual(bytes({ seed: 7 }))
    expect(bytes({ seed: 7 })).not.toEqual(bytes({ seed: 8 }))
    expect(bytes({ seed: 2 ** 40 + 7 })).not.toEqual(bytes({ seed: 7 }))
  })

  test('rows come by arrival, all of them, and decode as the declared columns', () => {
    const decoder = jsonFormat.decoder(shape.columns, { type: 'json' })
    const writers = shape.columns.map((column) => createColumnWriter(column.type))
    let arrival = 0
    let count = 0
    for (const row of generate(name, { count: 3000, delayedShare: 0.2 })) {
      if (row.arrivalMs < arrival) throw new Error(`row ${count} arrives before the one in front of it`)
      arrival = row.arrivalMs
      const problem = decoder.decode(row.value, 0, row.value.length, writers)
      const decoded = JSON.parse(new TextDecoder().decode(row.value)) as Rows
      const seen = [problem, decoded[shape.eventTimeColumn], decoded[shape.keyColumn], Object.keys(decoded).join()]
      if (count % 50 === 0) expect(seen).toEqual([undefined, row.timestampMs, row.key, shape.columns.map((column) => column.name).join()])
      count++
    }
    expect(count).toBe(3000)
    for (const writer of writers) {
      const column = writer.finish()
      expect(Array.from({ length: column.length }, (_, i) => column.isNull(i)).includes(true)).toBe(false)
    }
  })

  test('goes on past any time, and begins the same whether it ends or not', () => {
    const endless = generate(name, { count: undefined, delayedShare: 0 })
    for (const row of generate(name, { count: 300, delayedShare: 0 })) expect(endless.next()).toEqual({ done: false, value: row })
    expect(endless.next().done).toBe(false)
  })

  test('each fault can be switched off', () => {
    for (const fault of shape.faults) {
      const texts = (options: Partial<SampleOptions>) => JSON.stringify(rowsOf(name, options))
      expect(texts({ faults: { [fault.name]: false } }) === texts({})).toBe(false)
      expect(texts({ faults: { [fault.name]: true } }) === texts({})).toBe(true)
    }
  })

  test('a share of unreadable rows is cut off', () => {
    const decoder = jsonFormat.decoder(shape.columns, { type: 'json' })
    const broken = [...generate(name, { count: 3000, undecodableShare: 0.1 })].filter(({ value }) => {
      const problem = decoder.decode(
        value,
        0,
        value.length,
        shape.columns.map((column) => createColumnWriter(column.type)),
      )
      return typeof problem === 'object' && problem.code === 'UNDECODABLE_JSON'
    })
    expect(broken.length).toBeGreaterThan(240)
    expect(broken.length).toBeLessThan(360)
  })
})

describe('the sample block', () => {
  test('has defaults: 15 minutes from 2026, one partition', () => {
    const config = sampleConfig.parse({ shape: 'purchases', seed: 1, ratePerSecond: 2 })
    if (!('shape' in config)) throw new Error('a shape')
    const { records, partitions } = openShape(config, { bounded: true })
    const rows = [...records]
    expect([partitions, rows.length]).toEqual([1, 1800])
    expect(Math.floor(Math.min(...rows.map(({ timestampMs }) => timestampMs)) / 1000)).toBe(START / 1000)
    const live = openShape(config, { bounded: false, startMs: 5_000_000_000_000 }).records.next()
    expect(live.done === false && live.value.timestampMs >= 5_000_000_000_000).toBe(true)
  })

  test('or names a file', () => {
    expect(sampleConfig.parse({ file: 'orders.csv', format: { type: 'csv' } })).toMatchObject({
      file: 'orders.csv',
      partitions: 1,
      format: { delimiter: ',' },
    })
  })

  test.each([
    { shape: 'nothing' },
    { shape: 'purchases', seed: -1 },
    { shape: 'purchases', rate: 1 },
    { shape: 'purchases', faults: { 'no-such': true } },
    { shape: 'purchases', delayMinMs: 100_000 },
    { shape: 'purchases', start: 'today' },
    { shape: 'purchases', file: 'x.csv' },
    {},
  ])('refuses %j', (config) => {
    expect(sampleConfig.safeParse(config).success).toBe(false)
  })
})

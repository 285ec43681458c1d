import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compile } from '../compiler/compile.ts'
import { openSpec } from '../compiler/open.ts'
import { kinds } from '../nodes/catalog.ts'
import { operators } from '../nodes/operators.ts'
import { runDocumentTests } from '../runner/document-tests.ts'
import { readDocument } from '../spec/read-document.ts'
import { writeDocument } from '../spec/write-document.ts'
import { EXAMPLES_FOLDER, type ExampleRow, runExample } from './run-example.ts'

const files = readdirSync(EXAMPLES_FOLDER).filter((file) => file.endsWith('.millrace.json'))

describe.each(files)('%s', (file) => {
  const text = readFileSync(`${EXAMPLES_FOLDER}${file}`, 'utf8')
  const { document, issues } = readDocument(text, { kinds })
  if (document === undefined) throw new Error(JSON.stringify(issues))
  const compiled = compile(document, { kinds })

  test('is valid without a warning and canonically written', () => {
    expect([...issues, ...compiled.issues]).toEqual([])
    expect(writeDocument(document, { kinds })).toBe(text)
  })

  test('compiled and opened again it is the same bytes', () => {
    expect(compiled.spec && writeDocument(openSpec(compiled.spec, { kinds }), { kinds })).toBe(text)
  })

  test('its own tests pass', () => {
    expect(document.tests.length).toBeGreaterThan(0)
    const outcomes = compiled.spec && runDocumentTests(compiled.spec, document.tests, { kinds, operators })
    for (const outcome of outcomes ?? []) expect(outcome).toEqual({ name: outcome.name, differences: [] })
  })
})

const number = (value: unknown) => Number(value)
const sum = (rows: readonly ExampleRow[], column: string) => rows.reduce((total, row) => total + number(row[column]), 0)

test('question 1: NL drops to nothing for three minutes, and the filter shows why', async () => {
  const run = await runExample('purchases-per-country')
  const countries = new Set(run.rows('spending').map((row) => row.country))
  const minutes = (country: string) => run.rows('spending').filter((row) => row.country === country).length
  expect([...countries].sort()).toEqual(['AT', 'BE', 'DE', 'ES', 'FR', 'IT', 'NL', 'PL'])
  expect(minutes('DE')).toBe(15)
  expect(minutes('NL')).toBe(12)
  const missing = run
    .rows('spending')
    .filter((row) => row.country === 'DE')
    .map((row) => row.window_start)
  for (const row of run.rows('spending')) if (row.country === 'NL') missing.splice(missing.indexOf(row.window_start ?? null), 1)
  expect(number(missing[2]) - number(missing[0])).toBe(2 * 60_000)
  // Without the filter NL has purchases in each minute: all of them declined in these three.
  const unfiltered = await runExample('purchases-per-country', (document) =>
    withConfig(document, 'paid', { condition: "status = 'declined'" }),
  )
  const declined = unfiltered.rows('spending').filter((row) => row.country === 'NL' && missing.includes(row.window_start ?? null))
  expect(declined).toHaveLength(3)
  expect(sum(declined, 'purchases')).toBeGreaterThan(500)
})

test.each([
  [5_000, 0.0148, 0.0192],
  [30_000, 0.0075, 0.0115],
  [60_000, 0.0005, 0.0035],
  [120_000, 0, 0],
])('question 2: waiting %d ms misses between %d and %d of revenue', async (boundedDelayMs, least, most) => {
  const run = await runExample('live-report', (document) => withConfig(document, 'purchases', { boundedDelayMs }))
  const missed = sum(run.rows('missed'), 'amount')
  const share = missed / (missed + sum(run.rows('revenue'), 'revenue'))
  expect(share).toBeGreaterThanOrEqual(least)
  expect(share).toBeLessThanOrEqual(most)
  expect(run.node('per_minute').counters.late).toBe(run.rows('missed').length)
  expect(sum(run.rows('revenue'), 'purchases') + run.rows('missed').length).toBe(run.node('purchases').records)
})

test('question 3: per user nothing stands out, one address has about 120 a minute', async () => {
  const run = await runExample('guessed-passwords')
  expect(Math.max(...run.rows('users').map((row) => number(row.failed)))).toBeLessThanOrEqual(2)
  expect(new Set(run.rows('addresses').map((row) => row.ip)).size).toBe(1)
  const full = run.rows('addresses').map((row) => number(row.failed))
  expect(full.length).toBeGreaterThan(0)
  expect(Math.max(...full)).toBeGreaterThanOrEqual(115)
  expect(Math.max(...full)).toBeLessThanOrEqual(125)
})

test('question 4: the mean rises from about 82 to 146 ms, yet only 1.5 % of calls are slow', async () => {
  const rows = (await runExample('slow-api')).rows('times')
  const search = rows.filter((row) => row.endpoint === '/search')
  const mean = (of: readonly ExampleRow[], column: string) =>
    of.reduce((total, row) => total + number(row[column]) * number(row.calls), 0) / sum(of, 'calls')
  const before = search.filter((row) => number(row.slow_share) === 0)
  const during = search.filter((row) => number(row.slow_share) > 0)
  expect(mean(before, 'mean_ms')).toBeGreaterThan(80)
  expect(mean(before, 'mean_ms')).toBeLessThan(84)
  expect(mean(during, 'mean_ms')).toBeGreaterThan(144)
  expect(mean(during, 'mean_ms')).toBeLessThan(148)
  expect(mean(during, 'slow_share')).toBeGreaterThan(0.014)
  expect(mean(during, 'slow_share')).toBeLessThan(0.016)
  // For everybody else nothing has changed.
  for (const row of rows) if (row.endpoint !== '/search') expect(number(row.slow_share)).toBe(0)
})

test('question 5: the liar is the sensor that never moves, and not the hottest', async () => {
  const run = await runExample('lying-sensor')
  expect(new Set(run.rows('stuck').map((row) => row.sensor)).size).toBe(1)
  const liar = run.rows('stuck')[0]?.sensor
  const hottest = run.rows('all').reduce((hot, row) => (number(row.mean) > number(hot.mean) ? row : hot))
  expect(run.rows('stuck').length).toBeGreaterThan(10)
  expect(hottest.sensor).not.toBe(liar)
})

function withConfig(document: ReturnType<typeof readDocument>['document'] & object, id: string, change: object) {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? { ...node, config: { ...node.config, ...change } } : node)) }
}

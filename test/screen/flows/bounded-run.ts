import { copyFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { writeCsv } from '../../e2e/orders-files.ts'
import { countsAt, runToTheEnd } from '../running.ts'
import { expectSaid, listenToReader } from '../said.ts'
import { canvas, type Screen, step } from '../screen.ts'
import { type Summed, summaryOf } from '../summary.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../pipeline-runtime/examples')

/** Steps of a document by id, with what the screen calls them. */
type Titles = Readonly<Record<string, string>>

export async function compareFirstQuestion(screen: Screen): Promise<void> {
  const sums = await compareExample(screen, 'purchases-per-country', {
    purchases: 'Purchases',
    paid: 'Only paid',
    per_country: 'Per country and minute',
    spending: 'Spending',
  })
  expect(sums.get('paid')?.removed).toBeGreaterThan(1000)
  expect(sums.get('per_country')?.late).toBeGreaterThan(100)
}

export async function compareLateRows(screen: Screen): Promise<void> {
  const sums = await compareExample(screen, 'live-report', {
    purchases: 'Purchases',
    per_minute: 'Revenue per minute',
    revenue: 'Live report',
    missed: 'Came too late',
  })
  expect(sums.get('per_minute')?.late).toBeGreaterThan(100)
  expect(sums.get('missed')?.in).toBe(sums.get('per_minute')?.late)
}

async function compareExample(screen: Screen, name: string, titles: Titles): Promise<ReadonlyMap<string, Summed>> {
  copyFileSync(path.join(EXAMPLES, `${name}.millrace.json`), path.join(screen.folder, `${name}.millrace.json`))
  return compare(screen, `${name}.millrace.json`, titles)
}

/** A file with broken lines, once set aside and once passed over. */
export async function compareBrokenLines(screen: Screen): Promise<void> {
  writeCsv(path.join(screen.folder, 'orders.csv'), 5000)
  writeFileSync(path.join(screen.folder, 'orders.millrace.json'), JSON.stringify(ordersDocument()))
  const sums = await compare(screen, 'orders.millrace.json', {
    kept: 'Broken ones aside',
    passed: 'Broken ones skipped',
    dear: 'Dear ones',
    per_minute: 'Per minute',
    results: 'Results',
    all: 'All of them',
    broken: 'Broken ones',
  })
  expect(sums.get('kept')).toMatchObject({ in: 5003, out: 5000, errors: 3, 'set aside': 3, skipped: 0 })
  expect(sums.get('passed')).toMatchObject({ in: 5003, out: 5000, errors: 3, 'set aside': 0, skipped: 3 })
  expect(sums.get('dear')?.removed).toBeGreaterThan(100)
  expect(sums.get('per_minute')?.late).toBeGreaterThan(0)
}

function ordersDocument(): object {
  const columns = [
    { name: 'id', type: 'BIGINT' },
    { name: 'country', type: 'STRING' },
    { name: 'cents', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
  ]
  const read = { path: 'orders.csv', format: { type: 'csv' }, columns, eventTime: 'at' }
  const window = { type: 'tumbling', sizeMs: 60_000 }
  const aggregates = [{ as: 'orders', function: 'count' }]
  return {
    format: 1,
    kinds: { 'file-source': 1, filter: 1, 'table-sink': 1, 'window-aggregate': 1 },
    name: 'Orders',
    nodes: [
      { id: 'kept', kind: 'file-source', title: 'Broken ones aside', config: { ...read, onError: 'dead-letter' } },
      { id: 'passed', kind: 'file-source', title: 'Broken ones skipped', config: { ...read, onError: 'skip' } },
      { id: 'dear', kind: 'filter', title: 'Dear ones', config: { condition: 'cents >= 50000' } },
      { id: 'per_minute', kind: 'window-aggregate', title: 'Per minute', config: { window, aggregates, emit: 'final' } },
      { id: 'results', kind: 'table-sink', title: 'Results' },
      { id: 'all', kind: 'table-sink', title: 'All of them' },
      { id: 'broken', kind: 'table-sink', title: 'Broken ones' },
    ],
    edges: [
      { from: 'kept.out', to: 'dear.in' },
      { from: 'dear.out', to: 'per_minute.in' },
      { from: 'per_minute.out', to: 'results.in' },
      { from: 'passed.out', to: 'all.in' },
      { from: 'kept.dead-letter', to: 'broken.in' },
    ],
  }
}

/** Runs a document on the screen and on the command line: tabs, cards and the figures that are read aloud are those of the summary. */
async function compare(screen: Screen, file: string, titles: Titles): Promise<ReadonlyMap<string, Summed>> {
  const { page } = screen
  await screen.open(file)
  await runToTheEnd(page)
  const sums = await summaryOf(path.join(screen.folder, file))
  expect([...sums.keys()].sort()).toEqual(Object.keys(titles).sort())
  await listenToReader(page)
  for (const [id, sum] of sums) await compareStep(page, titles[id] ?? id, sum)
  return sums
}

async function compareStep(page: Page, title: string, sum: Summed): Promise<void> {
  const counts = await countsAt(page, title)
  const byTab = { In: sum.in, Out: sum.out, Removed: sum.removed, Late: sum.late, 'Set aside': sum['set aside'] }
  expect({ title, ...byTab, ...counts }).toEqual({ title, ...byTab })
  expect(Object.keys(counts)).not.toHaveLength(0)
  const isSource = !Object.hasOwn(counts, 'In')
  const isSink = !Object.hasOwn(counts, 'Out')
  const card = step(page, title)
  if (!isSource) await expect(card).toContainText(grouped(sum.in))
  if (!isSink) await expect(card).toContainText(grouped(sum.out))
  await canvas(page).press('w')
  const some = (count: number, word: string): string => (count === 0 ? '' : `; ${grouped(count)} ${word}`)
  const read = `${title}: in ${grouped(sum.in)}${isSink ? '' : `; out ${grouped(sum.out)}`}`
  const rest = some(sum.removed, 'removed') + some(sum.late, 'late') + some(sum['set aside'], 'set aside')
  await expectSaid(page, `${read}${rest}${some(sum.errors, 'failed')}${some(sum.skipped, 'skipped')}`)
}

const grouped = (count: number): string => count.toLocaleString('en-US')

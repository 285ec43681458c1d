import { expect, type Page } from '@playwright/test'
import { type KafkaFixture, startKafkaFixture } from '../../integration/kafka-fixture.ts'
import { dragFromPalette, drawLink } from '../mouse.ts'
import { runToTheEnd } from '../running.ts'
import { expectCount, inspector, link, openEmpty, runBar, type Screen, step } from '../screen.ts'

const START = Date.UTC(2026, 0, 1)
const MINUTE_MS = 60_000

/** Source, filter, time window and sink with the mouse, from an empty canvas, on a real Kafka; another client reads what was written. */
export async function buildOnKafka({ page }: Screen): Promise<void> {
  const kafka = await startKafkaFixture()
  try {
    const [input, output] = [await kafka.createTopic(2, { 'retention.ms': '-1' }), await kafka.createTopic(1)]
    const expected = await produceOrders(kafka, input)
    await openEmpty(page)
    await connectTo(page, kafka.bootstrap)
    await addSource(page, input)
    await addFilter(page)
    await addWindow(page)
    await addSink(page, output)
    await arm(page)
    await runToTheEnd(page)
    const records = await kafka.consume(output, expected.length)
    const rows = records.map(({ value }) => JSON.parse(String(value)))
    const byKey = (a: Result, b: Result): number => `${a.window_start} ${a.country}`.localeCompare(`${b.window_start} ${b.country}`)
    expect(rows.sort(byKey)).toEqual([...expected].sort(byKey))
    const [{ high } = { high: '' }] = await kafka.admin.fetchTopicOffsets(output)
    expect(Number(high)).toBe(expected.length)
  } finally {
    await kafka.close()
  }
}

interface Result {
  readonly country: string
  readonly window_start: string
  readonly window_end: string
  readonly count: number
  readonly sum_amount: number
}

/** An order every second for ten minutes, two of three of them paid; returns what has to come out, computed here. */
async function produceOrders(kafka: KafkaFixture, topic: string): Promise<readonly Result[]> {
  const orders = Array.from({ length: 600 }, (_, i) => ({
    country: ['DE', 'FR', 'NL'][i % 5] ?? 'DE',
    amount: (i % 7) + 0.5,
    status: i % 3 === 0 ? 'declined' : 'paid',
    at: START + i * 1000,
  }))
  await kafka.produce(
    topic,
    orders.map((order, i) => ({ value: JSON.stringify(order), partition: i % 2, timestamp: order.at })),
  )
  const results = new Map<string, Result>()
  for (const { country, amount, at } of orders.filter(({ status }) => status === 'paid')) {
    const start = Math.floor(at / MINUTE_MS) * MINUTE_MS
    const key = `${country} ${start}`
    const { count, sum_amount } = results.get(key) ?? { count: 0, sum_amount: 0 }
    const [window_start, window_end] = [new Date(start).toISOString(), new Date(start + MINUTE_MS).toISOString()]
    results.set(key, { country, window_start, window_end, count: count + 1, sum_amount: sum_amount + amount })
  }
  return [...results.values()]
}

/** A connection with its host and port typed in, tested, from the bar: the next run is on it. */
async function connectTo(page: Page, bootstrap: string): Promise<void> {
  await runBar(page).getByRole('button', { name: 'Runs on sample data' }).click()
  await page.getByRole('menuitem', { name: 'New connection…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New connection' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('shop')
  await dialog.getByRole('textbox', { name: 'Host and port' }).fill(bootstrap)
  await dialog.getByRole('button', { name: 'Test' }).click()
  const steps = dialog.getByRole('list', { name: 'Steps of the test' })
  await expect(steps.getByRole('listitem')).toHaveCount(4)
  await expect(steps.getByLabel('passed', { exact: true })).toHaveCount(4)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(runBar(page).getByRole('button', { name: 'Runs on shop' })).toBeVisible()
}

async function addSource(page: Page, topic: string): Promise<void> {
  await dragFromPalette(page, 'Read a topic', { x: 150, y: 120 })
  await expectCount(page, 1, 0)
  await chooseTopic(page, topic)
  await inspector(page).getByRole('button', { name: 'Read 100 rows' }).click()
  const dialog = page.getByRole('dialog', { name: `Columns of topic ${topic}` })
  await expect(dialog.getByRole('combobox', { name: /^Type of / })).toHaveCount(4)
  await dialog.getByRole('button', { name: 'Take 4 columns' }).click()
  await expect(inspector(page).getByRole('textbox', { name: /^Column \d/ })).toHaveCount(4)
  await expect(inspector(page).getByLabel('Time of a row', { exact: true })).toHaveValue('at')
}

/** The connection and a topic of it, both from their lists. */
async function chooseTopic(page: Page, topic: string): Promise<void> {
  await inspector(page).getByLabel('Connection', { exact: true }).click()
  await page.getByRole('option', { name: 'shop', exact: true }).click()
  await inspector(page).getByLabel('Topic', { exact: true }).click()
  await page.getByRole('option', { name: topic, exact: true }).click()
}

async function addFilter(page: Page): Promise<void> {
  await dragFromPalette(page, 'Filter', { x: 520, y: 120 })
  await expectCount(page, 2, 0)
  await drawLink(page, ['read_a_topic', 'out'], ['filter', 'in'])
  await expect(link(page, 'Read a topic', 'Filter')).toBeAttached()
  await step(page, 'Filter').click()
  await inspector(page).getByRole('textbox', { name: 'Condition' }).click()
  await page.keyboard.type("status = 'paid'")
}

async function addWindow(page: Page): Promise<void> {
  await dragFromPalette(page, 'Summarise over time', { x: 150, y: 320 })
  await expectCount(page, 3, 1)
  await drawLink(page, ['filter', 'out'], ['summarise_over_time', 'in'])
  await step(page, 'Summarise over time').click()
  const settings = inspector(page)
  await settings.getByLabel('Per', { exact: true }).click()
  await page.getByRole('option', { name: /^country/ }).click()
  // A new step counts once a minute.
  await expect(settings.getByLabel('Every', { exact: true })).toHaveValue('1')
  await settings.getByLabel('Every: unit').selectOption('min')
  const figures = settings.getByRole('group', { name: 'Figures' })
  await settings.getByRole('button', { name: 'Add a figure' }).click()
  const sum = figures.getByRole('listitem').nth(1)
  await sum.getByLabel('Summarise by', { exact: true }).click()
  await page.getByRole('option', { name: 'sum', exact: true }).click()
  await sum.getByRole('textbox', { name: 'Of' }).click()
  await page.keyboard.type('amount')
  await settings.getByText('Once, when complete', { exact: true }).click()
}

async function addSink(page: Page, topic: string): Promise<void> {
  await dragFromPalette(page, 'Write to a topic', { x: 520, y: 320 })
  await expectCount(page, 4, 2)
  await drawLink(page, ['summarise_over_time', 'out'], ['write_to_a_topic', 'in'])
  await step(page, 'Write to a topic').click()
  await chooseTopic(page, topic)
  await expectCount(page, 4, 3)
}

/** Nothing is written before the user says so. */
async function arm(page: Page): Promise<void> {
  const writing = runBar(page).getByRole('switch', { name: 'Writing to shop' })
  await expect(writing).not.toBeChecked()
  await writing.click()
  await page.getByRole('dialog', { name: 'Let runs write to shop?' }).getByRole('button', { name: 'Turn writing on' }).click()
  await expect(writing).toBeChecked()
}

import { expect, type Page } from '@playwright/test'
import { countsAt, finishedRows, runButton, runToTheEnd, showTab, stopButton } from '../running.ts'
import { expectSaid, listenToReader } from '../said.ts'
import { dock, openQuestion, runBar, type Screen, step } from '../screen.ts'

export const FIRST_QUESTION = 'What does each country spend, minute by minute?'

/** The first ten minutes of somebody who has never seen it. */
export async function lookAtTheFirstQuestion({ page }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await step(page, 'Spending').click()
  await runButton(page).click()
  await expect(finishedRows(page).nth(1)).toBeVisible()
  const before = await countsAt(page, 'Purchases')
  await expect.poll(async () => (await countsAt(page, 'Purchases')).Out).toBeGreaterThan(before.Out ?? 0)
  await showTab(page, 'Only paid', 'Removed')
  const declinedInNl = finishedRows(page)
    .filter({ has: page.getByRole('gridcell', { name: 'NL', exact: true }) })
    .filter({ has: page.getByRole('gridcell', { name: 'declined', exact: true }) })
  await expect(declinedInNl.first()).toBeVisible({ timeout: 30_000 })
  await stopButton(page).click()
  await expect(runBar(page).getByText(/^stopped after/)).toBeVisible()
}

/** The chart draws the rows of the table: its last value of each line is that of the country's last row. */
export async function compareChartAndTable({ page, readClipboard }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await runToTheEnd(page)
  await showTab(page, 'Per country and minute', 'Out')
  await dock(page).getByText('Both', { exact: true }).click()
  const chart = dock(page).getByRole('img', { name: /^Lines of revenue over window_start for each country:/ })
  const lines = linesOf((await chart.getAttribute('aria-label')) ?? '')
  const table = await copyTable(page, readClipboard)
  const lastByCountry = new Map(table.map((row) => [row.country ?? '', Number(row.revenue)]))
  expect(table.length).toBe((await countsAt(page, 'Per country and minute')).Out)
  expect(lines.size).toBeGreaterThan(3)
  for (const [country, last] of lines) expect({ country, last }).toEqual({ country, last: lastByCountry.get(country) })
  expect([...lastByCountry.keys()].sort()).toEqual(['AT', 'BE', 'DE', 'ES', 'FR', 'IT', 'NL', 'PL'])
}

/** `DE last 1,204.5, lowest …; FR last …` without the lines that stand together as one. */
function linesOf(sentence: string): ReadonlyMap<string, number> {
  const parts = sentence.slice(sentence.indexOf(':') + 1).split(';')
  return new Map(
    parts.flatMap((part) => {
      const [, country, last] = /^\s*([A-Z]{2}) last ([\d.,]*\d),/.exec(part) ?? []
      return country === undefined || last === undefined ? [] : [[country, Number(last.replaceAll(',', ''))] as const]
    }),
  )
}

/** All rows of the table on the screen, by Ctrl+A and Ctrl+C; columns by name. */
async function copyTable(page: Page, readClipboard: Screen['readClipboard']): Promise<readonly Readonly<Record<string, string>>[]> {
  await listenToReader(page)
  await dock(page).getByRole('grid').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await expectSaid(page, /^Copied \d+ rows\.$/)
  const [header = '', ...lines] = (await readClipboard()).split('\n')
  const names = header.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
  })
}

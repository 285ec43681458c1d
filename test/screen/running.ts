import { expect, type Locator, type Page } from '@playwright/test'
import { dock, runBar, step } from './screen.ts'

export const runButton = (page: Page): Locator => runBar(page).getByRole('button', { name: 'Run', exact: true })
export const stopButton = (page: Page): Locator => runBar(page).getByRole('button', { name: 'Stop', exact: true })

/** Rows of the table in the Data panel, without the header and without those still open. */
export function finishedRows(page: Page): Locator {
  return dock(page)
    .getByRole('grid')
    .getByRole('row')
    .filter({ hasNotText: 'still open' })
    .filter({ has: page.getByRole('gridcell') })
}

export async function chooseAllThenStop(page: Page): Promise<void> {
  await runBar(page)
    .getByRole('button', { name: /^Reads:/ })
    .click()
  await page.getByRole('radio', { name: 'All, then stop' }).click()
  await page.keyboard.press('Escape')
  await expect(runBar(page).getByRole('button', { name: 'Reads: All, then stop' })).toBeVisible()
}

/** Runs over everything that there is, to the end. */
export async function runToTheEnd(page: Page): Promise<void> {
  await chooseAllThenStop(page)
  await runButton(page).click()
  await expect(runBar(page).getByText(/^finished after/)).toBeVisible({ timeout: 30_000 })
}

/** What the tabs of the Data panel count at a step, by their titles. */
export async function countsAt(page: Page, title: string): Promise<Readonly<Record<string, number>>> {
  await step(page, title).click()
  const tabs = dock(page)
    .getByRole('tablist', { name: `Rows of ${title}` })
    .getByRole('tab')
  await expect(tabs.first()).toContainText(/\d/)
  const texts = await tabs.allInnerTexts()
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = '', count = ''] = /^([A-Za-z: ]+?)\s*([\d,]*)$/s.exec(text.replaceAll('\n', ' ')) ?? []
      return [name, Number(count.replaceAll(',', ''))]
    }),
  )
}

export async function showTab(page: Page, title: string, tab: string): Promise<void> {
  await step(page, title).click()
  await dock(page)
    .getByRole('tablist', { name: `Rows of ${title}` })
    .getByRole('tab', { name: tab, exact: true })
    .click()
}

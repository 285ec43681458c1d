import { expect, type Page } from '@playwright/test'
import { expectNoFindings } from '../axe.ts'
import { finishedRows, runButton, showTab, stopButton } from '../running.ts'
import { canvas, dock, inspector, openEmpty, openQuestion, runBar, type Screen, step } from '../screen.ts'
import { FIRST_QUESTION } from './gallery.ts'

/** The smallest window, and 1280×720 at 200 % zoom. */
const NARROW = [
  { width: 1024, height: 640 },
  { width: 640, height: 360 },
] as const

/** Looks in both themes, at everything that a first user comes by. */
export async function findNothingOnTheWay({ page }: Screen): Promise<void> {
  await expectNoFindings(page, 'gallery')
  await openEmpty(page)
  await expectNoFindings(page, 'empty canvas')
  await showGallery(page)
  await openQuestion(page, FIRST_QUESTION)
  for (const title of ['Purchases', 'Only paid', 'Per country and minute', 'Spending']) {
    await step(page, title).click()
    await expectNoFindings(page, `settings of ${title}`, 'inspector')
  }
  for (const name of ['Outline', 'Connections', 'Steps']) {
    await page.getByRole('tab', { name, exact: true }).click()
    await expectNoFindings(page, name, 'left')
  }
  await runButton(page).click()
  await expect(finishedRows(page).nth(1)).toBeVisible()
  await dock(page).getByText('Both', { exact: true }).click()
  await expectNoFindings(page, 'running, table and chart')
  await stopButton(page).click()
  await expect(runBar(page).getByText(/^stopped after/)).toBeVisible()
  await showTab(page, 'Only paid', 'Removed')
  await expectNoFindings(page, 'stopped, table and chart', 'dock')
  await page.getByRole('tab', { name: 'Logs', exact: true }).click()
  await expectNoFindings(page, 'logs', 'dock')
  await makeProblem(page)
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem').first()).toBeVisible()
  await expectNoFindings(page, 'problems', 'dock')
}

/** Every menu, list and dialog that opens over the window. */
export async function findNothingInDialogs({ page }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await overlay(page, 'menu', (name) => runBar(page).getByRole('button', { name }).click(), [
    'Purchases per country',
    'Runs on sample data',
    'Reads:',
    'Export',
    'More',
  ])
  await step(page, 'Per country and minute').click()
  for (const key of ['/', 'c', 'Shift+F10', '?']) {
    await canvas(page).press(key)
    await expect(page.getByRole('listbox').or(page.getByRole('menu')).or(page.getByRole('dialog')).first()).toBeVisible()
    await expectNoFindings(page, `after ${key}`, 'popup')
    await page.keyboard.press('Escape')
  }
  await step(page, 'Purchases').click()
  await inspector(page).getByLabel('Topic', { exact: true }).click()
  await expect(page.getByRole('listbox', { name: 'Topic' })).toBeVisible()
  await expectNoFindings(page, 'topics to choose from', 'popup')
  await page.keyboard.press('Escape')
  await inspector(page).getByRole('button', { name: 'Read 100 sample rows' }).click()
  await dialog(page, 'Columns of the sample data "Purchases"')
  await page.getByRole('tab', { name: 'Connections', exact: true }).click()
  await page.getByRole('button', { name: 'Connect to Kafka' }).click()
  await dialog(page, 'New connection')
  await makeProblem(page)
  await runBar(page).getByRole('button', { name: 'Purchases per country' }).click()
  await page.getByRole('menuitem', { name: 'New document' }).click()
  await dialog(page, 'Save the changes of "Purchases per country"?')
}

/** The same window where there is little room: panels become drawers, and nothing is lost. */
export async function findNothingWhereNarrow({ page }: Screen): Promise<void> {
  for (const size of NARROW) {
    await page.setViewportSize(size)
    const words = `${size.width}×${size.height}`
    await expectNoFindings(page, `gallery at ${words}`)
    await openQuestion(page, FIRST_QUESTION)
    await expectNoFindings(page, `canvas at ${words}`)
    await canvas(page).focus()
    for (const key of ['Home', 'Enter', 'Escape']) await page.keyboard.press(key)
    await expect(inspector(page)).toBeVisible()
    await expectNoFindings(page, `settings at ${words}`)
    await page.keyboard.press('Escape')
    await runButton(page).click()
    await canvas(page).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('d')
    await expect(finishedRows(page).first()).toBeVisible()
    await expectNoFindings(page, `running at ${words}`)
    await stopButton(page).click()
    await expect(runButton(page)).toBeVisible()
    await expectNothingCutOff(page)
    await showGallery(page)
  }
}

async function overlay(page: Page, what: string, open: (name: string) => Promise<void>, names: readonly string[]): Promise<void> {
  const shown = page.getByRole('menu').or(page.getByRole('dialog'))
  for (const name of names) {
    await open(name)
    await expect(shown.first()).toBeVisible()
    await expectNoFindings(page, `${what} ${name}`, 'popup')
    await page.keyboard.press('Escape')
    await expect(shown).toHaveCount(0)
  }
}

async function dialog(page: Page, name: string): Promise<void> {
  const shown = page.getByRole('dialog', { name })
  await expect(shown).toBeVisible()
  await expectNoFindings(page, name, 'popup')
  await page.keyboard.press('Escape')
  await expect(shown).toBeHidden()
}

async function makeProblem(page: Page): Promise<void> {
  await step(page, 'Only paid').click()
  await inspector(page).getByRole('textbox', { name: 'Condition' }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('status = "paid"')
  await page.keyboard.press('Escape')
}

async function showGallery(page: Page): Promise<void> {
  await runBar(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Gallery' }).click()
}

/** The page itself never scrolls: what does not fit scrolls within its panel. */
async function expectNothingCutOff(page: Page): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight - document.documentElement.clientHeight,
  }))
  expect({ width, height }).toEqual({ width: 0, height: 0 })
}

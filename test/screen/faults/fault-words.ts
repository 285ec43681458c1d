import { expect, type Locator, type Page } from '@playwright/test'
import { inspector, type Screen } from '../screen.ts'

/** What a user gets to see holds no stack, no name of a class of the program, no `undefined`. */
export async function expectPlainWords(page: Page): Promise<void> {
  const text = await page.evaluate(() => document.body.innerText)
  expect(text).not.toMatch(/\n\s+at .+:\d+:\d+|\[object Object\]|\bundefined\b|\bTypeError\b|node:internal/)
}

/** The message over the canvas that says why a run did not start or did not go on. */
export function banner(page: Page, label: 'Not started' | 'Run failed' | 'The engine stopped' | 'Waiting for Kafka'): Locator {
  return page.getByRole('region', { name: label, exact: true })
}

/** A change that is not saved, to see that nothing takes it away. */
export async function renamePipeline(page: Page, name: string): Promise<void> {
  await inspector(page).getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.keyboard.press('Tab')
  await expect(page).toHaveTitle(new RegExp(`^• ${name}`))
}

/** Tries to open a document that cannot be opened; the words of the dialog that says so. */
export async function openInVain({ page, open }: Screen, name: string): Promise<string> {
  await page.getByRole('application').focus()
  // It waits for the canvas, which has the focus again when the dialog is closed.
  const tried = open(name)
  const failure = page.getByRole('dialog', { name: /could not be opened|newer Millrace/ })
  await expect(failure.getByRole('button', { name: 'OK' })).toBeVisible()
  const words = await failure.innerText()
  await expectPlainWords(page)
  await failure.getByRole('button', { name: 'OK' }).click()
  await expect(failure).toBeHidden()
  await tried
  return words
}

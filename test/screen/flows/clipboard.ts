import { copyFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { expectSaid, listenToReader } from '../said.ts'
import { canvas, expectActive, expectCount, link, type Screen, step } from '../screen.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../pipeline-runtime/examples')

/** Two steps with their link go from one document into another one through the system's clipboard. */
export async function copyBetweenDocuments(screen: Screen): Promise<void> {
  const { page, folder } = screen
  copyFileSync(path.join(EXAMPLES, 'purchases-per-country.millrace.json'), path.join(folder, 'first.millrace.json'))
  copyFileSync(path.join(EXAMPLES, 'live-report.millrace.json'), path.join(folder, 'second.millrace.json'))
  await screen.open('first.millrace.json')
  await listenToReader(page)
  await step(page, 'Purchases').click()
  await step(page, 'Only paid').click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+c')
  await expectSaid(page, '2 steps copied.')
  const other = await screen.openInAnotherWindow('second.millrace.json')
  await listenToReader(other)
  await canvas(other).focus()
  await other.keyboard.press('Control+v')
  await expectSaid(other, '2 steps pasted.')
  await expectCount(other, 6, 4)
  await expect(canvas(other)).toBeFocused()
  await expectActive(other, /^\d of 6\. Purchases, Read a topic\. topic purchases\. To Only paid\./)
  await expect(link(other, 'Purchases', 'Only paid')).toBeAttached()
  await other.keyboard.press('Control+z')
  await expectSaid(other, 'Undone: paste 2 steps')
  await expectCount(other, 4, 3)
  await other.keyboard.press('Control+Shift+z')
  await expectCount(other, 6, 4)
  await expectCount(page, 4, 3)
}

const RUBBISH = [
  ['', /^Nothing was pasted\. The clipboard holds no text\./],
  ['select * from orders', /^Nothing was pasted\. The clipboard holds no copied steps\./],
  ['[1, 2, 3]', /^Nothing was pasted\. The clipboard holds no copied steps\./],
  ['{"millrace": 2, "nodes": []}', /^Nothing was pasted\. These steps were copied by a newer Millrace\./],
  ['{"millrace": 1, "nodes": [{"id": 7}]}', /^Nothing was pasted\. The copied steps in the clipboard are damaged\./],
  ['{"millrace": 1}', /^Nothing was pasted\. The clipboard holds no copied steps\./],
] as const

/** Whatever else is pasted is refused in words, and nothing changes. */
export async function pasteRubbish(screen: Screen): Promise<void> {
  const { page, folder } = screen
  writeFileSync(path.join(folder, 'empty.millrace.json'), '{"format": 1, "kinds": {}, "name": "Nothing yet", "nodes": [], "edges": []}')
  await screen.open('empty.millrace.json')
  await listenToReader(page)
  for (const [text, words] of RUBBISH) {
    await screen.writeClipboard(text)
    await canvas(page).focus()
    await page.keyboard.press('Control+v')
    const said = await expectSaid(page, words)
    await expect(page.getByText(said, { exact: true }).filter({ visible: true }).first()).toBeVisible()
    await expectUnchanged(page)
  }
  // A kind that nobody knows is kept as it is, also by way of the clipboard.
  await screen.writeClipboard('{"millrace": 1, "nodes": [{"id": "later", "kind": "not-yet", "config": {"x": 1}}]}')
  await page.keyboard.press('Control+v')
  await expectCount(page, 1, 0)
  await page.keyboard.press('Control+z')
  await expectCount(page, 0, 0)
}

async function expectUnchanged(page: Page): Promise<void> {
  await expectCount(page, 0, 0)
  expect(await page.title()).toBe('Nothing yet – Millrace')
}

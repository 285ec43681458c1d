import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { dragBy } from '../mouse.ts'
import { canvas, expectActive, inspector, link, type Screen, step } from '../screen.ts'

const EXAMPLE = path.resolve(import.meta.dirname, '../../../pipeline-runtime/examples/purchases-per-country.millrace.json')
const NAME = 'undo.millrace.json'

type Act = (page: Page) => Promise<void>

/** Each act changes the document once: undone once it is as before, done again once it is as after. */
export async function undoEveryAct(screen: Screen): Promise<void> {
  const { page, folder } = screen
  copyFileSync(EXAMPLE, path.join(folder, NAME))
  await screen.open(NAME)
  let before = readFileSync(path.join(folder, NAME), 'utf8')
  for (const [name, act] of acts) {
    await act(page)
    await expect(page, name).toHaveTitle('• Purchases per country – Millrace')
    const after = await saved(screen)
    expect(after, name).not.toBe(before)
    await canvas(page).focus()
    await page.keyboard.press('Control+z')
    expect(await saved(screen), `${name}, undone`).toBe(before)
    await page.keyboard.press('Control+Shift+z')
    expect(await saved(screen), `${name}, done again`).toBe(after)
    before = after
  }
  for (const _act of acts) await page.keyboard.press('Control+z')
  expect(await saved(screen)).toBe(readFileSync(EXAMPLE, 'utf8'))
  await expect(canvas(page)).toBeFocused()
  await expectActive(page, /^\d of 4\. /)
}

/** What the file holds after Ctrl+S. */
async function saved({ page, folder }: Screen): Promise<string> {
  await page.keyboard.press('Control+s')
  await expect(page).toHaveTitle('Purchases per country – Millrace')
  return readFileSync(path.join(folder, NAME), 'utf8')
}

const acts: readonly (readonly [name: string, act: Act])[] = [
  ['add from the palette', addFromPalette],
  ['connect', connectLate],
  ['rename', rename],
  ['type a setting', typeCondition],
  ['apply a fix', applyFix],
  ['move with the mouse', (page) => dragBy(page, step(page, 'Late ones'), { x: 96, y: 48 })],
  ['move with keys', moveByKeys],
  ['move several', moveSeveral],
  ['duplicate', duplicate],
  ['paste', paste],
  ['cut', cut],
  ['add a note', addNote],
  ['edit a note', editNote],
  ['insert into a link', insertIntoLink],
  ['delete and join', deleteAndJoin],
  ['delete a step with its links', deleteStep],
  ['delete a link', deleteLink],
  ['tidy up', tidyUp],
  ['take columns', takeColumns],
]

async function addFromPalette(page: Page): Promise<void> {
  await canvas(page).focus()
  await page.keyboard.press('Control+a')
  await page
    .getByRole('region', { name: 'Left panel' })
    .getByRole('button', { name: /^Show as a table/ })
    .dblclick()
  await expect(step(page, 'Show as a table')).toBeVisible()
}

async function connectLate(page: Page): Promise<void> {
  await step(page, 'Per country and minute').click()
  await page.keyboard.press('c')
  await page.getByRole('option', { name: 'Late' }).click()
  await page.getByRole('option', { name: 'Show as a table' }).click()
  await expect(link(page, 'Per country and minute', 'Show as a table')).toBeAttached()
}

async function rename(page: Page): Promise<void> {
  await step(page, 'Show as a table').click()
  await page.keyboard.press('F2')
  await page.keyboard.type('Late ones')
  await page.keyboard.press('Enter')
}

/** Several letters in one visit of the field. */
async function typeCondition(page: Page): Promise<void> {
  await step(page, 'Only paid').click()
  await inspector(page).getByRole('textbox', { name: 'Condition' }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('status = "paid" AND amount > 10')
  await page.keyboard.press('Escape')
  await expect(
    inspector(page)
      .getByRole('button', { name: /'paid'/ })
      .first(),
  ).toBeVisible()
}

async function applyFix(page: Page): Promise<void> {
  await step(page, 'Only paid').click()
  await inspector(page)
    .getByRole('button', { name: /'paid'/ })
    .first()
    .click()
  await expect(inspector(page).getByRole('textbox', { name: 'Condition' })).toHaveText("status = 'paid' AND amount > 10")
}

async function moveByKeys(page: Page): Promise<void> {
  await step(page, 'Late ones').click()
  for (const key of ['m', 'ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'Enter']) await page.keyboard.press(key)
}

async function moveSeveral(page: Page): Promise<void> {
  await step(page, 'Late ones').click()
  for (const title of ['Spending', 'Per country and minute']) await step(page, title).click({ modifiers: ['Shift'] })
  await dragBy(page, step(page, 'Spending'), { x: 32, y: 64 })
}

async function duplicate(page: Page): Promise<void> {
  await step(page, 'Late ones').click()
  await page.keyboard.press('Control+d')
  await expect(step(page, 'Late ones')).toHaveCount(2)
}

async function paste(page: Page): Promise<void> {
  await step(page, 'Purchases').click()
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
  await expect(step(page, 'Purchases')).toHaveCount(2)
}

/** The one that was pasted is selected. */
async function cut(page: Page): Promise<void> {
  await canvas(page).focus()
  await page.keyboard.press('Control+x')
  await expect(step(page, 'Purchases')).toHaveCount(1)
}

async function addNote(page: Page): Promise<void> {
  await canvas(page).focus()
  await page.keyboard.press('n')
  await page.keyboard.press('Escape')
  await expect(canvas(page)).toBeFocused()
}

async function editNote(page: Page): Promise<void> {
  await page.keyboard.press('Enter')
  await page.keyboard.type('Why did NL stop?')
  await page.keyboard.press('Escape')
  await expect(canvas(page)).toContainText('Why did NL stop?')
}

async function insertIntoLink(page: Page): Promise<void> {
  await step(page, 'Only paid').click()
  await page.keyboard.press('e')
  await page.keyboard.press('/')
  await page.keyboard.type('choose')
  await page.keyboard.press('Enter')
  await expect(link(page, 'Only paid', 'Choose and calculate columns')).toBeAttached()
}

async function deleteAndJoin(page: Page): Promise<void> {
  await step(page, 'Choose and calculate columns').click()
  await page.keyboard.press('Shift+Delete')
  await expect(link(page, 'Only paid', 'Per country and minute')).toBeAttached()
}

async function deleteStep(page: Page): Promise<void> {
  await step(page, 'Spending').click()
  await page.keyboard.press('Delete')
  await expect(step(page, 'Spending')).toHaveCount(0)
  await expectActive(page, /^\d of \d\. Per country and minute,/)
}

async function deleteLink(page: Page): Promise<void> {
  await step(page, 'Purchases').click()
  await page.keyboard.press('e')
  await page.keyboard.press('Delete')
  await expect(link(page, 'Purchases', 'Only paid')).toHaveCount(0)
}

async function tidyUp(page: Page): Promise<void> {
  await canvas(page).focus()
  await page.keyboard.press('l')
}

async function takeColumns(page: Page): Promise<void> {
  await step(page, 'Purchases').click()
  await inspector(page).getByRole('button', { name: 'Read 100 sample rows' }).click()
  await page.getByRole('button', { name: 'Take 5 columns' }).click()
  await expect(inspector(page).getByRole('textbox', { name: /^Column \d/ })).toHaveCount(5)
}

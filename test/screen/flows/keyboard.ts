import { expect, type Page } from '@playwright/test'
import { chooseAllThenStop, runButton, showTab } from '../running.ts'
import { expectSaid, listenToReader } from '../said.ts'
import { canvas, dock, expectActive, expectCount, inspector, openQuestion, runBar, type Screen, step } from '../screen.ts'
import { FIRST_QUESTION } from './gallery.ts'

/** F6 goes round the parts of the window and back; each keeps what had the focus in it. */
export async function goRoundTheWindow({ page }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await step(page, 'Only paid').click()
  await inspector(page).getByRole('textbox', { name: 'Name' }).click()
  await expectRegions(page, 'F6', [
    dock(page),
    runBar(page),
    page.getByRole('region', { name: 'Left panel' }),
    page.getByRole('main'),
    inspector(page),
  ])
  await expect(inspector(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.press('Shift+F6')
  await expect(canvas(page)).toBeFocused()
  await expectActive(page, /^2 of 4\. Only paid,/)
}

type Place = ReturnType<Page['locator']>

async function expectRegions(page: Page, key: string, regions: readonly Place[]): Promise<void> {
  for (const region of regions) {
    await page.keyboard.press(key)
    await expect
      .poll(() => region.evaluate((element) => element.contains(document.activeElement)), { message: `${key} to ${region}` })
      .toBe(true)
  }
}

/** Esc closes a list, then leaves a mode and puts back, then clears a selection of several; from a panel it leads to the canvas. */
export async function climbDownByEscape({ page }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await listenToReader(page)
  await page.keyboard.press('Home')
  await expectSaid(page, /^1 of 4\. Purchases, Read a topic\. topic purchases\. To Only paid\.$/)
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('m')
  await expectSaid(page, /^Move: arrows move/)
  const place = await step(page, 'Only paid').boundingBox()
  await page.keyboard.press('ArrowDown')
  await expect.poll(async () => (await step(page, 'Only paid').boundingBox())?.y).not.toBe(place?.y)
  await page.keyboard.press('Escape')
  await expect.poll(async () => (await step(page, 'Only paid').boundingBox())?.y).toBe(place?.y)
  await expectSaid(page, /^Put back\./)
  await expect(inspector(page)).toContainText('2 steps')
  await page.keyboard.press('Escape')
  await expect(inspector(page).getByRole('heading', { name: 'Filter' })).toBeVisible()
  await page.keyboard.press('Shift+C')
  await expect(page.getByRole('listbox', { name: 'Connect into Only paid, in from' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(canvas(page)).toBeFocused()
  await expectActive(page, /^2 of 4\. Only paid,/)
  await page.keyboard.press('e')
  await expectActive(page, 'from Only paid to Per country and minute')
  await page.keyboard.press('Escape')
  await expectActive(page, /^2 of 4\. Only paid,/)
  await fromField(page)
  await page.keyboard.press('d')
  await expect.poll(() => dock(page).evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(canvas(page)).toBeFocused()
  await expectCount(page, 4, 3)
}

/** In a field with a list Esc closes the list first; in an editor it leaves the focus where it is. */
async function fromField(page: Page): Promise<void> {
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const connection = inspector(page).getByLabel('Connection', { exact: true })
  await expect(connection).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('listbox', { name: 'Connection' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox', { name: 'Connection' })).toBeHidden()
  await expect(connection).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(canvas(page)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const condition = inspector(page).getByRole('textbox', { name: 'Condition' })
  await expect(condition).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(condition).toBeFocused()
  await page.keyboard.press('Shift+F6')
  await expect(canvas(page)).toBeFocused()
}

/** Walk: along links and back, between the parts, to the ends; what is active is said with its place. */
export async function walkTheSteps({ page }: Screen): Promise<void> {
  await openQuestion(page, 'Is someone guessing passwords?')
  const ways = [
    ['Home', 'Sign-ins'],
    ['ArrowRight', 'Only failed'],
    ['ArrowRight', 'Per user and minute'],
    ['ArrowDown', 'Per address and minute'],
    ['ArrowRight', 'More than 20'],
    ['ArrowLeft', 'Per address and minute'],
    ['ArrowUp', 'Per user and minute'],
    ['ArrowLeft', 'Only failed'],
    ['ArrowLeft', 'Sign-ins'],
  ] as const
  for (const [key, title] of ways) {
    await page.keyboard.press(key)
    await expectActive(page, new RegExp(`^\\d of 7\\. ${title},`))
    await expect(canvas(page)).toBeFocused()
  }
  await page.keyboard.press('End')
  await expectActive(page, /^7 of 7\./)
}

/** Where the focus is after run, dialogs and lists, and what is said of a run. */
export async function keepTheFocus({ page }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await listenToReader(page)
  await chooseAllThenStop(page)
  await runButton(page).focus()
  await page.keyboard.press('Enter')
  await expectSaid(page, /^Run finished after .*: [\d,]+ rows read, [\d,]+ rows in results, [\d,]+ late\.$/)
  await expect(runButton(page)).toBeFocused()
  await canvas(page).focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(canvas(page)).toBeFocused()
  await showTab(page, 'Spending', 'In')
  const grid = dock(page).getByRole('grid', { name: 'In of Spending' })
  await grid.focus()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => grid.getAttribute('aria-activedescendant')).not.toBeNull()
  await page.keyboard.press('Escape')
  await expect(canvas(page)).toBeFocused()
  await moveInLists(page)
}

/** Where an item of a list is moved, the focus goes with it; where the last one is removed, to what adds another one. */
async function moveInLists(page: Page): Promise<void> {
  const settings = inspector(page)
  await step(page, 'Per country and minute').click()
  const button = (name: string) => settings.getByRole('button', { name, exact: true })
  await button('Move purchases down').press('Enter')
  await expect(button('Move purchases down')).toBeDisabled()
  await expect(button('Move purchases up')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(button('Move purchases down')).toBeFocused()

  await step(page, 'Purchases').click()
  const more = settings.getByRole('button', { name: /^More for / })
  await expect(more.nth(1)).toBeVisible()
  const names = await more.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))
  const choose = async (row: string, entry: string): Promise<void> => {
    await button(row).press('Enter')
    await page.getByRole('menuitem', { name: entry }).press('Enter')
    await expect(page.getByRole('menu')).toBeHidden()
  }
  await choose(names[0] ?? '', 'Move down')
  await expect(button(names[0] ?? '')).toBeFocused()
  await expect(more.nth(1)).toBeFocused()
  await choose(names.at(-1) ?? '', 'Remove')
  await expect(more).toHaveCount(names.length - 1)
  await expect(button('Add a column')).toBeFocused()
}

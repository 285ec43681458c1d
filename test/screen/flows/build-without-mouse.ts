import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { expectSaid, listenToReader } from '../said.ts'
import { canvas, expectActive, expectCount, inspector, openEmpty, type Screen, tabTo } from '../screen.ts'

const EXAMPLE = path.resolve(import.meta.dirname, '../../../pipeline-runtime/examples/purchases-per-country.millrace.json')

/** How a builder gets from step to step: on the canvas, or in the outline. */
interface Way {
  /** To where steps are: the canvas or the outline has the focus, the same step is active. */
  back(): Promise<void>
  /** Opens the list of steps that can be added. */
  openAddList(): Promise<void>
  /** Opens "Connect … to". */
  openConnectList(): Promise<void>
  /** Makes the one link out of the active step active. */
  goToLink(): Promise<void>
  /** What has the focus while steps are walked. */
  expectFocus(title: string): Promise<void>
}

/** Builds the first document of the gallery on the canvas' keys alone, then in the outline alone: the same bytes but for the layout. */
export async function buildWithoutMouse(screen: Screen): Promise<void> {
  const { page } = screen
  await openEmpty(page)
  await build(page, onCanvas(page))
  const byCanvas = await screen.saveAs('by-canvas')
  await page
    .getByRole('toolbar', { name: 'Run bar' })
    .getByRole('button', { name: /by-canvas|Untitled/ })
    .click()
  await page.getByRole('menuitem', { name: 'New document' }).click()
  await expectCount(page, 0, 0)
  await goToOutline(page)
  await build(page, inOutline(page))
  const byOutline = await screen.saveAs('by-outline')
  expect(withoutLayout(byOutline)).toBe(withoutLayout(byCanvas))
  expect(drawingOf(byCanvas)).toEqual(drawingOf(readFileSync(EXAMPLE, 'utf8')))
}

async function build(page: Page, way: Way): Promise<void> {
  await listenToReader(page)
  await add(page, way, 'Read a topic', 'Read a topic added.')
  await fillSource(page, way)
  await rename(page, way, 'Purchases')
  await add(page, way, 'Filter', 'Filter added, connected from Purchases.')
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByRole('textbox', { name: 'Condition' })).toBeFocused()
  await page.keyboard.type("status = 'paid'")
  await page.keyboard.press('Escape')
  await way.back()
  await rename(page, way, 'Only paid')
  await add(page, way, 'Summarise over time')
  await fillWindow(page, way)
  await rename(page, way, 'Per country and minute')
  await add(page, way, 'Show as a table')
  await rename(page, way, 'Spending')
  await connectAnew(page, way)
}

async function add(page: Page, way: Way, kind: string, said?: string): Promise<void> {
  await way.openAddList()
  const list = page.getByRole('listbox', { name: /^Add a step/ })
  await expect(list).toBeFocused()
  await page.keyboard.type(kind)
  await expect(list.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  if (said !== undefined) await expectSaid(page, said)
  await way.expectFocus(kind)
}

async function rename(page: Page, way: Way, title: string): Promise<void> {
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: /^Name of / })).toBeFocused()
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await way.expectFocus(title)
}

/** Connection, topic, sample data, and the columns as the sample has them, but for one. */
async function fillSource(page: Page, way: Way): Promise<void> {
  const settings = inspector(page)
  await page.keyboard.press('Enter')
  await expect(settings.getByLabel('Connection', { exact: true })).toBeFocused()
  await page.keyboard.type('shop')
  await tabTo(page, settings.getByLabel('Topic', { exact: true }))
  await page.keyboard.type('purchases')
  await tabTo(page, settings.getByRole('radio', { name: 'None' }))
  await page.keyboard.press('ArrowRight')
  await expect(settings.getByRole('radio', { name: 'Made up' })).toBeChecked()
  const read = settings.getByRole('button', { name: 'Read 100 sample rows' })
  await tabTo(page, read, 'Shift+Tab')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Columns of/ })
  await tabTo(page, dialog.getByRole('checkbox', { name: 'Take device' }))
  await page.keyboard.press('Space')
  await tabTo(page, dialog.getByRole('button', { name: 'Take 4 columns' }))
  await page.keyboard.press('Enter')
  // A dialog that is closed gives the focus back to what opened it.
  await expect(dialog).toBeHidden()
  await expect(read).toBeFocused()
  await way.back()
}

/** Per country, every 1 min, count and sum, once: a new step has the minute, the count and the once. */
async function fillWindow(page: Page, way: Way): Promise<void> {
  const settings = inspector(page)
  await page.keyboard.press('Enter')
  await expect(settings.getByLabel('Per', { exact: true })).toBeFocused()
  await page.keyboard.type('country')
  await page.keyboard.press('Enter')
  await tabTo(page, settings.getByLabel('Every', { exact: true }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type('1')
  await page.keyboard.press('Tab')
  await expect(settings.getByLabel('Every: unit')).toBeFocused()
  await expect(settings.getByLabel('Every: unit')).toHaveValue('min')
  await nameFigure(page, figureOf(page, 1), 'purchases', 'Tab')
  await tabTo(page, settings.getByRole('button', { name: 'Add a figure' }))
  await page.keyboard.press('Enter')
  await sumUp(page, figureOf(page, 2), 'amount')
  await nameFigure(page, figureOf(page, 2), 'revenue', 'Shift+Tab')
  await addAndRemoveFigure(page)
  await expect(settings.getByRole('radio', { name: 'Once, when complete' })).toBeChecked()
  await way.back()
}

/** The last figure takes the button that removes it away: the focus goes to the one that adds another. */
async function addAndRemoveFigure(page: Page): Promise<void> {
  const add = inspector(page).getByRole('button', { name: 'Add a figure' })
  await tabTo(page, add)
  await page.keyboard.press('Enter')
  await tabTo(page, figureOf(page, 3).getByRole('button', { name: /^Remove/ }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(figureOf(page, 3)).toBeHidden()
  await expect(add).toBeFocused()
}

function figureOf(page: Page, nth: number): Locator {
  return inspector(page)
    .getByRole('group', { name: 'Figures' })
    .getByRole('listitem')
    .nth(nth - 1)
}

async function nameFigure(page: Page, figure: Locator, name: string, way: 'Tab' | 'Shift+Tab'): Promise<void> {
  await tabTo(page, figure.getByLabel('Column', { exact: true }), way)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(name)
  await expect(figure.getByRole('button', { name: `Remove ${name}` })).toBeVisible()
}

async function sumUp(page: Page, figure: Locator, of: string): Promise<void> {
  const by = figure.getByLabel('Summarise by', { exact: true })
  await tabTo(page, by, 'Shift+Tab')
  await choose(page, by, 'sum')
  await tabTo(page, figure.getByRole('textbox', { name: 'Of' }))
  await page.keyboard.type(of)
  await page.keyboard.press('Escape')
}

/** Walks down a list of choices to one and takes it. */
async function choose(page: Page, field: Locator, choice: string): Promise<void> {
  await page.keyboard.press('ArrowDown')
  const option = page.getByRole('option', { name: choice, exact: true })
  await expect(option).toBeVisible()
  for (let presses = 0; presses < 10 && (await option.getAttribute('data-combobox-selected')) === null; presses++)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(choice)
}

/** Takes the last link away, undoes, does it again, and draws it anew from the list of where it can lead. */
async function connectAnew(page: Page, way: Way): Promise<void> {
  await page.keyboard.press('Home')
  await page.keyboard.press('End')
  await way.goToLink()
  await page.keyboard.press('Delete')
  await expectSaid(page, 'The link from Per country and minute to Spending deleted.')
  await expectCount(page, 4, 2)
  await way.expectFocus('Per country and minute')
  await page.keyboard.press('Control+z')
  await expectSaid(page, 'Undone: delete the link from Per country and minute to Spending')
  await expectCount(page, 4, 3)
  await page.keyboard.press('Control+Shift+z')
  await expectSaid(page, 'Done again: delete the link from Per country and minute to Spending')
  await expectCount(page, 4, 2)
  await way.expectFocus('Per country and minute')
  await way.openConnectList()
  await expect(page.getByRole('listbox', { name: 'Connect from which point of Per country and minute' })).toBeFocused()
  await page.keyboard.press('Enter')
  const list = page.getByRole('listbox', { name: 'Connect Per country and minute, out to' })
  await expect(list).toBeFocused()
  const options = list.getByRole('option')
  await expect(options).toHaveText([/^New step…/, /^Spending/, /^Only paid.*takes one link here, and “Purchases” is linked already/])
  await expect(options.nth(2)).toBeDisabled()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(list).toBeFocused()
  await expectCount(page, 4, 2)
  await page.keyboard.type('spend')
  await expect(options).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expectSaid(page, 'Connected Per country and minute to Spending.')
  await way.expectFocus('Per country and minute')
  await expectCount(page, 4, 3)
}

function onCanvas(page: Page): Way {
  return {
    async back() {
      await page.keyboard.press('Shift+F6')
      await expect(canvas(page)).toBeFocused()
    },
    openAddList: () => page.keyboard.press('/'),
    openConnectList: () => page.keyboard.press('c'),
    async goToLink() {
      await expectActive(page, /^4 of 4\. Spending,/)
      await page.keyboard.press('e')
      await expectActive(page, 'from Per country and minute to Spending')
    },
    async expectFocus(title) {
      await expect(canvas(page)).toBeFocused()
      await expectActive(page, new RegExp(`^\\d of \\d\\. ${title},`))
    },
  }
}

const row = (page: Page, title: string): Locator => page.getByRole('treeitem', { name: new RegExp(`^\\d of \\d\\. ${title},`) })

async function goToOutline(page: Page): Promise<void> {
  await expect(canvas(page)).toBeFocused()
  await page.keyboard.press('Shift+F6')
  const tab = page.getByRole('tab', { name: 'Steps', exact: true })
  await tabTo(page, tab, 'Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Outline', exact: true })).toBeFocused()
  await tabTo(page, page.getByRole('tabpanel', { name: 'Outline' }).getByRole('button', { name: 'Add a step' }))
}

function inOutline(page: Page): Way {
  let isEmpty = true
  return {
    async back() {
      await page.keyboard.press('Shift+F6')
      await expect(canvas(page)).toBeFocused()
      await page.keyboard.press('Shift+F6')
      await expect(page.getByRole('tree', { name: 'Outline' }).locator(':focus')).toHaveRole('treeitem')
    },
    async openAddList() {
      await page.keyboard.press(isEmpty ? 'Enter' : '/')
      isEmpty = false
    },
    async openConnectList() {
      await page.keyboard.press('g')
      await page.keyboard.press('c')
    },
    async goToLink() {
      await expect(row(page, 'Spending')).toBeFocused()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await expect(page.getByRole('treeitem', { name: 'From (1)' })).toBeFocused()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      await expect(page.getByRole('treeitem', { name: 'Per country and minute', exact: true })).toBeFocused()
    },
    async expectFocus(title) {
      await expect(row(page, title)).toBeFocused()
    },
  }
}

/** The bytes of a document but for where its cards stand. */
function withoutLayout(text: string): string {
  const from = text.indexOf(',\n  "layout": {')
  expect(from).toBeGreaterThan(0)
  return text.slice(0, from)
}

/** Steps with their settings, and links, by titles: ids are made when a step is added. */
function drawingOf(text: string): object {
  const { nodes, edges } = JSON.parse(text)
  const titles = new Map<string, string>(nodes.map(({ id, title }: { id: string; title: string }) => [id, title]))
  const end = (name: string): string => name.replace(/^[^.]+/, (id) => titles.get(id) ?? id)
  return {
    nodes: nodes.map(({ id: _made, ...node }: { id: string }) => node),
    edges: edges.map(({ from, to }: { from: string; to: string }) => [end(from), end(to)]),
  }
}

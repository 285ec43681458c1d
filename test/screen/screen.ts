import { expect, type Locator, type Page } from '@playwright/test'

/**
 * What a flow needs of its host beside the page: documents on the disk, and a clipboard. A flow is written once and runs in Electron
 * (test/desktop) and in a browser (test/browser).
 */
export interface Screen {
  readonly page: Page
  /** Where the user's documents are. */
  readonly folder: string
  /** Opens a document of the folder, as the user does: by the system's dialog, or by the list of the folder. */
  open(name: string): Promise<void>
  /** Saves what was never saved as `NAME.millrace.json` by Ctrl+S; returns what stands in the file. */
  saveAs(name: string): Promise<string>
  readClipboard(): Promise<string>
  writeClipboard(text: string): Promise<void>
  /** A second window (a second tab in a browser) with a document of the folder. */
  openInAnotherWindow(name: string): Promise<Page>
}

/** What is polled for comes at once or not at all; Playwright would ask ever more rarely. */
export const SOON = { intervals: [20, 50, 100] }

export type Flow = (screen: Screen) => Promise<void>

export const canvas = (page: Page): Locator => page.getByRole('application')
export const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Inspector' })
export const dock = (page: Page): Locator => page.getByRole('region', { name: 'Dock' })
export const runBar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Run bar' })

/** The card of a step. */
export function step(page: Page, title: string): Locator {
  return canvas(page).getByRole('group', { name: new RegExp(`^\\d+ of \\d+\\. ${escaped(title)},`) })
}

/** A link, by the titles of the steps at its ends. */
export function link(page: Page, from: string, to: string): Locator {
  return canvas(page).getByRole('group', { name: `from ${from} to ${to}`, exact: true })
}

/** A point of a card at which links begin and end. */
export function port(page: Page, nodeId: string, name: string): Locator {
  return page.locator(`[data-nodeid="${nodeId}"][data-handleid="${name}"]`)
}

export async function openQuestion(page: Page, question: string): Promise<void> {
  await page.getByRole('button', { name: question }).click()
  await expect(canvas(page)).toBeVisible()
}

export async function openEmpty(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Empty/ }).click()
  await expect(canvas(page)).toBeVisible()
  await expect(canvas(page)).toBeFocused()
}

export async function expectCount(page: Page, steps: number, links: number): Promise<void> {
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  await expect(canvas(page)).toHaveAccessibleName(new RegExp(`, ${counted(steps, 'step')}, ${counted(links, 'link')}$`))
}

/** The step or link that keys act on. */
export async function expectActive(page: Page, name: string | RegExp): Promise<void> {
  await expect
    .poll(
      () =>
        canvas(page).evaluate((element) => {
          const id = element.getAttribute('aria-activedescendant')
          return id === null ? null : (document.getElementById(id)?.getAttribute('aria-label') ?? null)
        }),
      SOON,
    )
    .toMatch(name)
}

/** Presses Tab (or Shift+Tab) until a control has the focus. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not reach ${target}`)
}

export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { SOON } from './screen.ts'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A part of the window that F6 goes to, or what is open over it. */
export type Part = 'left' | 'inspector' | 'dock' | 'popup'

const POPUP = ':is([role="menu"], [role="listbox"], [role="dialog"])'

/** axe finds nothing, in the light; and nothing that can differ from it in the dark. `part`: only there something changed since the last look. */
export async function expectNoFindings(page: Page, where: string, part?: Part): Promise<void> {
  await showIn(page, 'light')
  await look(page, `${where}, light`, part, (axe) => axe.withTags(TAGS))
  await showIn(page, 'dark')
  await look(page, `${where}, dark`, part, (axe) => axe.withRules(['color-contrast', 'link-in-text-block']))
}

async function showIn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  // Colours between two states are nobody's to read.
  await expect.poll(() => page.evaluate(transitions), SOON).toBe(0)
}

async function look(page: Page, where: string, part: Part | undefined, rules: (axe: AxeBuilder) => AxeBuilder): Promise<void> {
  // Its types stand on another copy of Playwright's. Without the legacy mode it opens a page of its own, which Electron has not.
  const axe = rules(new AxeBuilder({ page: page as unknown as AxePage }).setLegacyMode())
  // A menu, a list or a dialog that is open stands beside the landmarks, over the page.
  if (part === 'popup') axe.disableRules('region')
  if (part !== undefined) axe.include(part === 'popup' ? POPUP : `[data-region="${part}"]`)
  const { violations } = await axe.analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 200)}: ${failureSummary}`),
  )
  expect(found, where).toEqual([])
}

/** In the page: how many are under way. What turns for ever, as a sign of waiting, is none. */
function transitions(): number {
  const isUnderWay = ({ effect, playState }: Animation): boolean =>
    playState === 'running' && Number(effect?.getComputedTiming().endTime ?? 0) < 10_000
  return document.getAnimations().filter(isUnderWay).length
}

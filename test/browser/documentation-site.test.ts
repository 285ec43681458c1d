import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { buildSite } from '../../build/site/build-site.mjs'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

// The documentation site as a reader has it: from a folder, without a server.

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''

test.beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-site-'))
  buildSite(root, folder)
})

test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('axe finds nothing, in light and dark, wide and narrow', async ({ page }) => {
  const complaints = complaintsOf(page)
  for (const [file, width] of [
    ['guide/first-run.html', 1440],
    ['reference/nodes/union.html', 390],
  ] as const) {
    await page.setViewportSize({ width, height: 844 })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(addressOf(file))
    expect(await findings(page, (axe) => axe), `${file}, light`).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect(await findings(page, (axe) => axe.withRules(['color-contrast', 'link-in-text-block'])), `${file}, dark`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${file} is no wider than its window`).toBeLessThanOrEqual(
      width,
    )
  }
  expect(complaints).toEqual([])
})

test('the search is used with keys alone, and leads to the part of the page', async ({ page }) => {
  const complaints = complaintsOf(page)
  await page.goto(addressOf('guide/first-run.html'))
  await page.keyboard.press('/')
  const field = page.getByRole('combobox', { name: 'Search the documentation' })
  await expect(field).toBeFocused()
  await page.keyboard.type('stragglers')
  const found = page.getByRole('listbox', { name: 'Found' }).getByRole('option')
  await expect(found.first()).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('status')).toHaveText(/^\d+ found$/)
  expect(await findings(page, (axe) => axe.include('.top'))).toEqual([])
  await page.keyboard.press('ArrowDown')
  await expect(found.nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowUp')
  const target = await found.first().getAttribute('href')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${target?.replace('../', '').replaceAll(/[.#]/g, '\\$&')}$`))
  // The address is there before the script that hears the key.
  await page.waitForLoadState('load')
  await page.keyboard.press('/')
  await page.keyboard.type('zzzzzz')
  await expect(page.getByRole('status')).toHaveText('Nothing found for “zzzzzz”.')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status')).toHaveText('')
  expect(complaints).toEqual([])
})

test('light or dark is the system’s, until the reader chooses; the choice holds on the next page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(addressOf('guide/first-run.html'))
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await background()
  await page.getByRole('button', { name: 'Light colours' }).click()
  const light = await background()
  expect(light).not.toBe(dark)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'The screen', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'The screen' })).toBeVisible()
  expect(await background()).toBe(light)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden()
  expect(await background()).toBe(light)
})

async function findings(page: Page, rules: (axe: AxeBuilder) => AxeBuilder): Promise<readonly string[]> {
  // Its types stand on another copy of Playwright's. With preload it would fetch the styles once more, which a page from a file may not.
  const axe = new AxeBuilder({ page: page as unknown as AxePage }).setLegacyMode().options({ preload: false })
  const { violations } = await rules(axe).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}

function addressOf(file: string): string {
  return pathToFileURL(path.join(folder, file)).href
}

/** What the page says where something is refused or missing. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`))
  return complaints
}

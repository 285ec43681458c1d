import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './served-page.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const QUESTION = 'What does each country spend, minute by minute?'

test('a card of the gallery, Run: finished rows come, and the figures move', async ({ page }) => {
  await page.getByRole('button', { name: QUESTION }).click()
  await step(page, 'Spending').click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const finished = rows(page).filter({ hasNotText: 'open' })
  await expect(finished.nth(1)).toBeVisible()
  await expect(page.getByText('playing the last 15 minutes, 60× faster')).toBeVisible()
  const before = await figuresOf(page, 'Spending')
  await expect.poll(async () => (await figuresOf(page, 'Spending')).In).toBeGreaterThan(before.In ?? 0)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
})

test('the figures at the end of a bounded run are those that the command line sums up', async ({ page }) => {
  await page.getByRole('button', { name: QUESTION }).click()
  await page.getByRole('button', { name: /^Reads:/ }).click()
  await page.getByRole('radio', { name: 'All, then stop' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText(/^finished after/)).toBeVisible({ timeout: 20_000 })
  const summary = await summaryOf('pipeline-runtime/examples/purchases-per-country.millrace.json')
  const titles: Readonly<Record<string, string>> = {
    purchases: 'Purchases',
    paid: 'Only paid',
    per_country: 'Per country and minute',
    spending: 'Spending',
  }
  expect(Object.keys(summary)).toEqual(Object.keys(titles))
  for (const [node, figures] of Object.entries(summary)) {
    const shown = await figuresOf(page, titles[node] ?? '')
    for (const [tab, count] of Object.entries(shown)) expect({ node, tab, count }).toEqual({ node, tab, count: figures[tab] })
    expect(Object.keys(shown).length).toBeGreaterThan(0)
  }
  expect((await figuresOf(page, 'Only paid')).Removed).toBeGreaterThan(1000)
  expect((await figuresOf(page, 'Per country and minute')).Late).toBeGreaterThan(100)
})

/** A card on the canvas. */
function step(page: Page, title: string): Locator {
  return page.getByRole('application').getByRole('group', { name: new RegExp(`^\\d of \\d\\. ${title},`) })
}

function rows(page: Page): Locator {
  return page.getByRole('region', { name: 'Dock' }).getByRole('grid').getByRole('row')
}

/** What the tabs of the Data panel count at a step. */
async function figuresOf(page: Page, title: string): Promise<Record<string, number>> {
  await step(page, title).click()
  const tabs = page.getByRole('tablist', { name: `Rows of ${title}` }).getByRole('tab')
  await expect(tabs.first()).toContainText(/\d/)
  const texts = await tabs.allInnerTexts()
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = '', count = ''] = /^([A-Za-z ]+?)\s*([\d,]*)$/s.exec(text.replaceAll('\n', ' ')) ?? []
      return [name, Number(count.replaceAll(',', ''))]
    }),
  )
}

/** The table with which `millrace run` ends: figures by node, named as the tabs are. */
async function summaryOf(file: string): Promise<Record<string, Record<string, number>>> {
  const { stderr } = await promisify(execFile)(process.execPath, ['build/millrace.mjs', 'run', file, '--from', 'earliest', '--until-end'], {
    cwd: ROOT,
  })
  const lines = stderr.trimEnd().split('\n')
  const header = lines.findIndex((line) => /^\s+in\s+out\s+removed/.test(line))
  const end = lines.findIndex((line) => line.startsWith('Done after'))
  return Object.fromEntries(
    lines.slice(header + 1, end).map((line) => {
      const [node = '', ...cells] = line.trim().split(/\s+/)
      const [read = 0, out = 0, removed = 0, late = 0, , setAside = 0] = cells.map((cell) => Number(cell.replaceAll(',', '')))
      return [node, { In: read, Out: out, Removed: removed, Late: late, 'Set aside': setAside }]
    }),
  )
}

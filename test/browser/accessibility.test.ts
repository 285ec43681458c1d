import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './served-page.ts'

type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page']

const QUESTION = 'What does each country spend, minute by minute?'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    // Each look takes axe some seconds.
    test.slow()

    test('axe finds nothing in the gallery', async ({ page }) => {
      await expect(page.getByRole('button', { name: QUESTION })).toBeVisible()
      await expectAccessible(page)
    })

    test('axe finds nothing while editing, with each panel, and while running', async ({ page }) => {
      await page.getByRole('button', { name: QUESTION }).click()
      await expect(page.getByRole('application')).toBeVisible()
      await expectAccessible(page)
      // Of what changes the part of the window alone: axe takes seconds for the whole of it.
      for (const tab of ['Outline', 'Connections', 'Steps']) {
        await page.getByRole('tab', { name: tab, exact: true }).click()
        await expectAccessible(page, { part: 'left' })
      }
      for (const tab of ['Problems', 'Logs', 'Data']) {
        await page.getByRole('tab', { name: tab, exact: true }).click()
        await expectAccessible(page, { part: 'dock' })
      }
      for (const step of ['Purchases', 'Only paid', 'Per country and minute', 'Spending']) {
        await page
          .getByRole('application')
          .getByRole('group', { name: new RegExp(`\\. ${step},`) })
          .click()
        await expectAccessible(page, { part: 'inspector' })
      }
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await expect(page.getByRole('grid').getByRole('row').nth(2)).toBeVisible()
      await expectAccessible(page)
      await page.getByText('Both', { exact: true }).click()
      await expectAccessible(page, { part: 'dock' })
      await page.getByRole('button', { name: 'Stop', exact: true }).click()
    })

    test('axe finds nothing in menus and dialogs', async ({ page }) => {
      await page.getByRole('button', { name: QUESTION }).click()
      for (const name of ['Purchases per country', 'Runs on sample data', 'Reads: Live', 'Export', 'More']) {
        await page.getByRole('toolbar', { name: 'Run bar' }).getByRole('button', { name }).click()
        await expect(page.getByRole('menu').or(page.getByRole('dialog')).first()).toBeVisible()
        await expectAccessible(page, { popup: true })
        await page.keyboard.press('Escape')
        await expect(page.getByRole('menu').or(page.getByRole('dialog'))).toHaveCount(0)
      }
      await page.keyboard.press('Control+o')
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectAccessible(page, { popup: true })
    })
  })
}

/** `popup`: one is open. It stands at the end of the page, outside of all landmarks, and has the focus. */
async function expectAccessible(page: Page, look: { readonly popup?: boolean; readonly part?: string } = {}): Promise<void> {
  // Colours between two states are nobody's to read.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)))
  // Its types stand on another copy of Playwright's.
  const axe = new AxeBuilder({ page: page as unknown as AxePage })
  if (look.popup === true) axe.disableRules('region')
  if (look.part !== undefined) axe.include(`[data-region="${look.part}"]`)
  const { violations } = await axe.analyze()
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)}`))
  expect(found).toEqual([])
}

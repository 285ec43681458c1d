import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { canvas, type Screen } from '../screen/screen.ts'
import { test as base, expect, expectScreen, listen } from './served-page.ts'

export { expect } from './served-page.ts'

/** The screen of `millrace serve`, for the flows that both hosts have. */
export const test = base.extend<{ readonly host: Screen }>({
  host: async ({ context, page, server, folder }, use) => {
    const others: (readonly string[])[] = []
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin })
    await use({
      page,
      folder,
      open: (name) => openByList(page, name),
      async saveAs(name) {
        await page.keyboard.press('Control+s')
        const dialog = page.getByRole('dialog', { name: 'Save as' })
        await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
        await page.keyboard.press('Enter')
        await expect(page).toHaveTitle(`${name} – Millrace`) // Without a name of its own, by that of its file.
        return readFileSync(path.join(folder, `${name}.millrace.json`), 'utf8')
      },
      readClipboard: () => page.evaluate(() => navigator.clipboard.readText()),
      writeClipboard: (text) => page.evaluate((written) => navigator.clipboard.writeText(written), text),
      async openInAnotherWindow(name) {
        const other = await context.newPage()
        others.push(await listen(other))
        await other.goto(server.origin)
        await openByList(other, name)
        return other
      },
    })
    expect(others.flat()).toEqual([])
  },
})

async function openByList(page: Page, name: string): Promise<void> {
  await expectScreen(page)
  await page.keyboard.press('Control+o')
  await page.getByRole('dialog').getByRole('button', { name }).click()
  await expect(canvas(page)).toBeFocused()
}

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test, titles } from './desktop-app.ts'
import { copyOfExample } from './documents.ts'

test('a document dropped onto the window is opened', async ({ app, folder }) => {
  await drop(app.page, copyOfExample(folder, 'spend.millrace.json'))
  await expect.poll(() => titles(app)).toEqual(['spend – Millrace'])
})

test('a data file dropped onto the window becomes a step that reads it where it is', async ({ app, folder }) => {
  const file = path.join(folder, 'orders.csv')
  writeFileSync(file, 'at,country,amount\n2026-01-01T00:00:00Z,NL,12\n2026-01-01T00:00:01Z,BE,7\n')
  await drop(app.page, file)
  await expect(app.page.getByRole('application')).toBeVisible()
  await expect(app.page.getByRole('application')).toHaveAccessibleName(/1 step/)
  await expect(app.page.getByText(/orders\.csv/).first()).toBeVisible()
})

/** As from a file manager: only such a file has a path. */
async function drop(page: Page, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data })
}

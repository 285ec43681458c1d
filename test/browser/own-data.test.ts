import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './served-page.ts'

const QUESTION = 'What does each country spend, minute by minute?'
const ORDERS = `at;country;amount
${Array.from({ length: 120 }, (_, i) => `2026-01-01T00:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}Z;${i % 3 === 0 ? 'NL' : 'DE'};${i}`).join('\n')}
`

test('a CSV file dropped onto the gallery is read: columns and time found, all of it, then stop', async ({ page, folder }) => {
  await drop(page, 'My orders.csv', Buffer.from(ORDERS))
  const canvas = page.getByRole('application')
  await expect(canvas).toHaveAccessibleName(/1 step/)
  await expect(canvas.getByRole('group', { name: /My orders, Read a file/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reads: All, then stop' })).toBeVisible()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByRole('textbox', { name: 'File' })).toHaveValue('My orders.csv')
  await expect(inspector).toContainText('Delimiter')
  expect(readFileSync(path.join(folder, 'My orders.csv'), 'utf8')).toBe(ORDERS)
  // It needs somewhere to go; then it runs to its end, with every row.
  await page.getByRole('region', { name: 'Left panel' }).getByRole('button', { name: 'Show as a table' }).dblclick()
  await expect(canvas).toHaveAccessibleName(/2 steps, 1 link/)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText(/^finished after/)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('status').filter({ hasText: /^Run finished/ })).toContainText('120 rows in results')
})

test('files that hold no rows are explained, and nothing is added', async ({ page }) => {
  await drop(page, 'empty.csv', Buffer.alloc(0))
  await expect(page.getByRole('dialog', { name: 'empty.csv is empty' })).toBeVisible()
  await page.getByRole('button', { name: 'OK', exact: true }).click()
  await drop(page, 'picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]))
  await expect(page.getByRole('dialog', { name: 'picture could not be read' })).toContainText('neither CSV nor JSON')
  await page.getByRole('button', { name: 'OK', exact: true }).click()
  await expect(page.getByRole('button', { name: QUESTION })).toBeVisible()
})

test('a document dropped onto the page opens as a new one', async ({ page, folder }) => {
  const text = JSON.stringify({ format: 1, kinds: {}, name: 'From elsewhere', nodes: [], edges: [] })
  await drop(page, 'elsewhere.millrace.json', Buffer.from(text))
  await expect(page).toHaveTitle(/^• From elsewhere/)
  expect(readdirSync(folder).filter((name) => name.endsWith('.millrace.json'))).toEqual([])
})

test('what was not saved is offered again when the page is gone without asking', async ({ page, server, context }) => {
  await page.getByRole('button', { name: QUESTION }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Not saved')
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('millrace.unsaved.')))).toBe(true)
  // Its end without a question: as in a crash.
  await page.close({ runBeforeUnload: false })
  const next = await context.newPage()
  await next.goto(server.address)
  await next.getByRole('button', { name: 'Restore' }).click()
  await expect(next).toHaveTitle(/^• Not saved/)
  await expect(next.getByRole('alert')).toHaveText('Restored after a crash: Not saved.')
  // A second window has one of its own, and is not offered what this one holds.
  const second = await context.newPage()
  await second.goto(server.address)
  await expect(second.getByRole('button', { name: QUESTION })).toBeVisible()
  await expect(second.getByRole('dialog')).toHaveCount(0)
})

test('a connection is tested step by step before it is kept, and a wrong address is refused', async ({ page, folder }) => {
  await page.getByRole('button', { name: 'Connect to Kafka' }).click()
  const dialog = page.getByRole('dialog', { name: 'New connection' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('shop')
  await dialog.getByRole('textbox', { name: 'Host and port' }).fill('127.0.0.1')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toContainText('Write HOST:PORT')
  await expect(dialog.getByRole('button', { name: 'Test' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Host and port' }).fill('127.0.0.1:9')
  await dialog.getByRole('button', { name: 'Test' }).click()
  const steps = dialog.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem')
  await expect(steps.last()).toContainText('Nothing listens at 127.0.0.1:9')
  await expect(steps.last().getByLabel('failed')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'shop 127.0.0.1:9' })).toBeVisible()
  expect(JSON.parse(readFileSync(path.join(folder, 'connections.json'), 'utf8'))).toEqual({
    shop: { kind: 'kafka', bootstrap: '127.0.0.1:9' },
  })
})

test.describe('at 200 % zoom', () => {
  test.use({ viewport: { width: 640, height: 360 } })

  test('every panel is reached, lies over the canvas, and closes again', async ({ page }) => {
    await page.getByRole('button', { name: QUESTION }).click()
    await expect(page.getByRole('application')).toBeVisible()
    for (const [opener, panel] of [
      ['Outline', page.getByRole('tree', { name: 'Outline' })],
      ['Open the inspector', page.getByRole('complementary', { name: 'Inspector' })],
      ['Open the dock', page.getByRole('tabpanel', { name: 'Data' })],
    ] as const) {
      await page.getByRole('button', { name: opener }).click()
      await expect(panel).toBeInViewport()
      const size = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight])
      expect(size).toEqual([640, 360])
    }
    // Escape leads back to the canvas, which has all the room again.
    await page.getByRole('tab', { name: 'Data' }).focus()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('application')).toBeFocused()
    await expect(page.getByRole('tabpanel', { name: 'Data' })).toBeHidden()
  })
})

/** As a browser does it: the content, and no path. */
async function drop(page: Page, name: string, content: Buffer): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  const dataTransfer = await page.evaluateHandle(
    ([file, base64]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], file))
      return transfer
    },
    [name, content.toString('base64')] as const,
  )
  for (const type of ['dragenter', 'dragover', 'drop']) await page.getByRole('main').dispatchEvent(type, { dataTransfer })
}

import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { test as base, expect, startServer } from './served-page.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../pipeline-runtime/examples')
const NAME = 'purchases-per-country.millrace.json'

/** A folder with one document, and with files that are none. */
const test = base.extend({
  folder: async ({ folder }, use) => {
    copyFileSync(path.join(EXAMPLES, NAME), path.join(folder, NAME))
    writeFileSync(path.join(folder, 'broken.millrace.json'), '{ "format": 1,')
    writeFileSync(path.join(folder, 'newer.millrace.json'), '{ "format": 99, "nodes": [] }')
    writeFileSync(path.join(folder, 'large.millrace.json'), Buffer.alloc(20 * 1024 * 1024, 32))
    writeFileSync(path.join(folder, 'picture.millrace.json'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8]))
    await use(folder)
  },
})

test('a document of the folder is opened, changed and saved; nothing else in it changes', async ({ page, folder }) => {
  await open(page, NAME)
  await rename(page, 'Who spends what')
  await expect(page).toHaveTitle(/Who spends what/)
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('status')).toHaveText(/^Saved/)
  const before = readFileSync(path.join(EXAMPLES, NAME), 'utf8')
  expect(readFileSync(path.join(folder, NAME), 'utf8')).toBe(before.replace('"name": "Purchases per country"', '"name": "Who spends what"'))
  await page.reload()
  await expect(
    page
      .getByRole('textbox', { name: 'Name' })
      .or(page.getByRole('button', { name: NAME }))
      .first(),
  ).toBeVisible()
})

const UNREADABLE = [
  ['broken', /broken\.millrace\.json could not be opened/, /Not JSON at line 1, column 15/],
  ['newer', /newer Millrace/, /format 99; this Millrace reads up to format 1/],
  ['large', /large\.millrace\.json could not be opened/, /has 20\.0 MB, and a document may have 10 MB/],
  ['picture', /picture\.millrace\.json could not be opened/, /is not text in UTF-8/],
] as const

for (const [name, title, words] of UNREADABLE)
  test(`${name} is explained, and what was open stays`, async ({ page }) => {
    await open(page, NAME)
    await rename(page, 'Still here')
    await page.keyboard.press('Control+o')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `${name}.millrace.json` })
      .click()
    const failure = page.getByRole('dialog', { name: title })
    await expect(failure).toContainText(words)
    await failure.getByRole('button', { name: 'OK' }).click()
    await expect(failure).toBeHidden()
    await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Still here')
  })

test('a document that was changed by another program is not overwritten without asking', async ({ page, folder }) => {
  await open(page, NAME)
  await rename(page, 'Mine')
  const theirs = readFileSync(path.join(folder, NAME), 'utf8').replace('Purchases per country', 'Theirs')
  writeFileSync(path.join(folder, NAME), theirs)
  await page.keyboard.press('Control+s')
  const question = page.getByRole('dialog', { name: /was changed elsewhere/ })
  await expect(question).toContainText('was changed by another program since it was opened here')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(readFileSync(path.join(folder, NAME), 'utf8')).toBe(theirs)
  await page.keyboard.press('Control+s')
  await question.getByRole('button', { name: 'Save as…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('mine')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status')).toHaveText(/^Saved/)
  expect(readFileSync(path.join(folder, 'mine.millrace.json'), 'utf8')).toContain('"name": "Mine"')
  expect(readFileSync(path.join(folder, NAME), 'utf8')).toBe(theirs)
})

test('a file that is dropped onto the screen becomes a step that reads it', async ({ page, folder }) => {
  await open(page, NAME)
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(
      new File(['city,temperature,at\nOslo,3,2026-01-01T00:00:00Z\nRoma,14,2026-01-01T00:01:00Z\n'], 'weather.csv', { type: 'text/csv' }),
    )
    return data
  })
  const canvas = page.getByRole('application')
  for (const type of ['dragenter', 'dragover', 'drop']) await canvas.dispatchEvent(type, { dataTransfer: transfer })
  await expect(page.getByRole('application').getByRole('group', { name: /Read a file\..*weather\.csv/ })).toBeVisible()
  expect(readdirSync(folder)).toContain('weather.csv')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('temperature')
})

test('without the server nothing is lost: saving says so, and works again afterwards', async ({
  context,
  page,
  server,
  folder,
  pageErrors,
}) => {
  pageErrors.expect(/WebSocket|ERR_CONNECTION_REFUSED|403/)
  await open(page, NAME)
  await rename(page, 'Kept')
  await server.stop()
  await page.keyboard.press('Control+s')
  const failure = page.getByRole('dialog', { name: 'Not saved' })
  await expect(failure).toContainText('The connection to "millrace serve" is lost')
  await failure.getByRole('button', { name: 'OK' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Kept')
  expect(readFileSync(path.join(folder, NAME), 'utf8')).toContain('Purchases per country')
  const again = await startServer(folder, ['--port', String(server.port)])
  try {
    await (await context.newPage()).goto(again.address)
    await expect(async () => {
      // Until the page has found the way back, it says each time that it has not.
      if (await failure.isVisible()) await failure.getByRole('button', { name: 'OK' }).click()
      await page.keyboard.press('Control+s')
      await expect(page.getByRole('status')).toHaveText(/^Saved/, { timeout: 1000 })
    }).toPass({ timeout: 20_000 })
    expect(readFileSync(path.join(folder, NAME), 'utf8')).toContain('"name": "Kept"')
  } finally {
    await again.stop()
  }
})

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click()
  await expect(page.getByRole('application')).toBeVisible()
}

/** Changes the document: its name stands in the inspector while nothing is selected. */
async function rename(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.keyboard.press('Tab')
}

import { expectNoFindings } from '../screen/axe.ts'
import { openQuestion } from '../screen/screen.ts'
import { expect, test } from './screen-in-browser.ts'

// Where the desktop app has the system's dialogs; all that both hosts have is among the flows.
test('axe finds nothing in the dialogs that a browser has for files', async ({ host: { page } }) => {
  await openQuestion(page, 'Which sensor is lying?')
  for (const [key, title] of [
    ['Control+o', 'Open a document'],
    ['Control+s', 'Save as'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name: title })).toBeVisible()
    await expectNoFindings(page, title, 'popup')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})

import { expectNoFindings } from '../screen/axe.ts'
import { inspector, openQuestion, step } from '../screen/screen.ts'
import { expect, test } from './served-page.ts'

test('an editor that could not be loaded says so in its place, and comes when it is tried again', async ({ page, context, pageErrors }) => {
  pageErrors.expect(/ERR_FAILED/)
  const editorCode = /\/assets\/editor-/
  await context.route(editorCode, (route) => route.abort())
  await page.reload()
  await openQuestion(page, 'What does each country spend, minute by minute?')
  await step(page, 'Only paid').click()
  const failed = inspector(page).getByText('The expression editor could not be loaded.')
  await expect(failed).toBeVisible()
  await expect(page.getByRole('status')).toHaveText('The expression editor could not be loaded.')
  // The expression is still there to be read.
  await expect(inspector(page).getByText("status = 'paid'", { exact: true })).toBeVisible()
  await expectNoFindings(page, 'an editor that could not be loaded', 'inspector')

  // In vain once more: it stays, and so does the focus.
  const again = inspector(page).getByRole('button', { name: 'Try again' })
  const refused = page.waitForEvent('requestfailed')
  await again.press('Enter')
  await refused
  await expect(again).toBeFocused()

  await context.unroute(editorCode)
  await again.press('Enter')
  const condition = inspector(page).getByRole('textbox', { name: 'Condition' })
  await expect(condition).toHaveText("status = 'paid'")
  await expect(condition).toBeFocused()
  await expect(failed).toBeHidden()
})

import { countsAt, finishedRows, runButton, stopButton } from '../screen/running.ts'
import { openQuestion, step } from '../screen/screen.ts'
import { expect, test } from './served-page.ts'

test('a card of the gallery, Run: finished rows come, and the figures move', async ({ page }) => {
  await openQuestion(page, 'What does each country spend, minute by minute?')
  await step(page, 'Spending').click()
  await runButton(page).click()
  await expect(finishedRows(page).nth(1)).toBeVisible()
  await expect(page.getByText('playing the last 15 minutes, 60× faster')).toBeVisible()
  const before = await countsAt(page, 'Spending')
  await expect.poll(async () => (await countsAt(page, 'Spending')).In).toBeGreaterThan(before.In ?? 0)
  await stopButton(page).click()
  await expect(runButton(page)).toBeVisible()
})

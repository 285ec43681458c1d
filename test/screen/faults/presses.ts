import { expect } from '@playwright/test'
import { runButton, stopButton } from '../running.ts'
import { canvas, dock, openQuestion, runBar, type Screen } from '../screen.ts'
import { banner } from './fault-words.ts'

const QUESTION = 'What does each country spend, minute by minute?'

/** Hands are faster than engines: two presses make one run, Stop holds whatever the run is at, and Run works again. */
export async function pressTwice({ page }: Screen): Promise<void> {
  await openQuestion(page, QUESTION)
  await runButton(page).dblclick()
  await expect(stopButton(page)).toBeVisible()
  await expect(canvas(page)).toContainText(/[1-9]\/s/)
  await expect(banner(page, 'Not started')).toHaveCount(0)
  await canvas(page).focus()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Shift+Enter')
  await page.keyboard.press('Control+Shift+Enter')
  await expect(runButton(page)).toBeVisible()
  await expect(runBar(page).getByText(/^stopped after/)).toBeVisible()
  for (let times = 0; times < 4; times++) {
    await page.keyboard.press('Control+Enter')
    await page.keyboard.press('Control+Shift+Enter')
  }
  // However the presses met the runs: nothing hangs, and the buttons say what is.
  await expect(async () => {
    if (await stopButton(page).isVisible()) await stopButton(page).click()
    await expect(runBar(page).getByText(/^stopped after/)).toBeVisible({ timeout: 1000 })
  }).toPass()
  await expect(banner(page, 'Not started')).toHaveCount(0)
  await runButton(page).click()
  await expect(canvas(page)).toContainText(/[1-9]\/s/)
  await stopButton(page).click()
  await dock(page).getByRole('tab', { name: 'Logs' }).click()
  await expect(dock(page)).toContainText('run started on sample data')
}

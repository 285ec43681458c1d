import { expect, type Locator, type Page } from '@playwright/test'
import { expectNoFindings } from './axe.ts'
import { banner } from './faults/fault-words.ts'
import { FIRST_QUESTION } from './flows/gallery.ts'
import { finishedRows, runButton, stopButton } from './running.ts'
import { openQuestion, runBar, type Screen } from './screen.ts'

/** A real broker starts, also on a machine that is busy with something else. */
const STARTED = { timeout: 90_000 }

/** From sample data to a real Kafka by one choice: the run starts it, its topic is filled on the way, and the rows are there. */
export async function runOnLocalKafka({ page }: Screen): Promise<void> {
  await openQuestion(page, FIRST_QUESTION)
  await runBar(page).getByRole('button', { name: 'Runs on sample data' }).click()
  const choice = page.getByRole('menuitemradio', { name: 'Local Kafka' })
  await expect(choice).toContainText('starts with the run')
  await choice.click()
  await expect(kafkaButton(page, 'not running')).toBeVisible()
  await runButton(page).click()
  await expect(runBar(page).getByText(/^starting: starting Apache Kafka on port \d+$/)).toBeVisible(STARTED)
  const failed = banner(page, 'Run failed')
  await expect(failed).toContainText('The topic purchases is not in the local Kafka yet.', STARTED)
  await failed.getByRole('button', { name: 'Fill with sample data and run' }).click()
  await expect(finishedRows(page).nth(1)).toBeVisible({ timeout: 30_000 })
  await expect(failed).toBeHidden()
}

/** Opens what there is to know of it. */
export async function lookIntoLocalKafka({ page }: Screen): Promise<Locator> {
  await kafkaButton(page, 'running').click()
  const dialog = page.getByRole('dialog', { name: 'Local Kafka' })
  await expect(dialog).toContainText(/Running at 127\.0\.0\.1:\d+/)
  await expect(dialog.getByRole('row', { name: /^purchases/ })).toContainText('36,000')
  return dialog
}

/** Fills it once more while a run reads it, reads its log, empties it not, and stops it. */
export async function useLocalKafka(screen: Screen): Promise<void> {
  const { page } = screen
  const dialog = await lookIntoLocalKafka(screen)
  await expect(dialog).toContainText('It stops when Millrace is closed.')
  await expect(dialog.getByRole('button', { name: 'Replace by sample data' })).toBeHidden()
  await dialog.getByRole('button', { name: 'Add sample data' }).click()
  await expect(dialog.getByRole('row', { name: /^purchases/ })).toContainText('72,000', { timeout: 30_000 })
  await dialog.getByText('What Kafka printed').click()
  await expect(dialog.getByRole('region', { name: 'Lines that Kafka printed' })).toContainText('Kafka Server started')
  await dialog.getByRole('button', { name: 'Empty…' }).click()
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await expectNoFindings(page, 'the local Kafka', 'popup')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await stopButton(page).click()
  await expect(runButton(page)).toBeVisible()
  await (await openAgain(page)).getByRole('button', { name: 'Stop' }).click()
  await expect(dialog.getByRole('button', { name: 'Start' })).toBeVisible({ timeout: 30_000 })
  await expect(dialog).toContainText('what stands in its topics is kept')
}

async function openAgain(page: Page): Promise<Locator> {
  await kafkaButton(page, 'running').click()
  return page.getByRole('dialog', { name: 'Local Kafka' })
}

function kafkaButton(page: Page, state: string): Locator {
  return runBar(page).getByRole('button', { name: `Local Kafka: ${state}` })
}

import { writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { expect } from '@playwright/test'
import { runButton, stopButton } from '../running.ts'
import { openEmpty, runBar, type Screen, step } from '../screen.ts'
import { banner, expectPlainWords } from './fault-words.ts'
import {
  arm,
  BROKER_MS,
  connectTo,
  countingDocument,
  expectEveryMinute,
  type MortalBroker,
  SECONDS,
  startMortalBroker,
} from './kafka-broker.ts'

/** The broker dies in the middle of a run and comes back: the screen says so, the run goes on, every result is there. */
export async function loseTheBroker(screen: Screen): Promise<void> {
  const { page } = screen
  const waiting = banner(page, 'Waiting for Kafka')
  await interruptCounting(screen, async (broker) => {
    await broker.kill()
    await expect(waiting).toContainText(`${broker.bootstrap} does not answer`, { timeout: BROKER_MS })
    await expect(page.locator('#alarm')).toContainText(`The connection to ${broker.bootstrap} is lost.`)
    await expect(stopButton(page)).toBeVisible()
    await expectPlainWords(page)
    await broker.startAgain()
  })
}

/**
 * A run has counted and saved half of the rows when something happens; the other half comes, and every minute is there with all of its rows.
 * Returns how many results were written.
 */
export async function interruptCounting(
  { page, folder, open }: Screen,
  interrupt: (broker: MortalBroker) => Promise<void>,
): Promise<number> {
  writeFileSync(path.join(folder, 'counting.millrace.json'), countingDocument())
  const broker = await startMortalBroker()
  try {
    await openEmpty(page)
    await open('counting.millrace.json')
    await connectTo(page, broker.bootstrap)
    await arm(page)
    await broker.produce(0, SECONDS / 2)
    await runButton(page).click()
    await expect.poll(() => broker.saved(), { timeout: BROKER_MS }).toBe(SECONDS / 2)
    // The last minute of them is not over: nobody knows yet that nothing else comes.
    expect(await broker.written()).toBe(SECONDS / 2 / 60 - 1)
    await interrupt(broker)
    // One second more than the last minute has, and the wait for stragglers, so that it is finished.
    await broker.produce(SECONDS / 2, SECONDS + 10)
    await expect.poll(() => broker.written(), { timeout: BROKER_MS }).toBeGreaterThanOrEqual(SECONDS / 60)
    await expect(page.getByRole('region', { name: /^(Waiting for Kafka|The engine stopped)$/ })).toBeHidden()
    await stopButton(page).click()
    await expect(runBar(page).getByText(/^stopped after/)).toBeVisible({ timeout: BROKER_MS })
    await expectEveryMinute(broker, SECONDS / 60)
    return await broker.written()
  } finally {
    await broker.close()
  }
}

/** Nothing listens; something listens and says nothing; the topic is not there. */
export async function runInVain({ page, folder, open }: Screen): Promise<void> {
  writeFileSync(path.join(folder, 'counting.millrace.json'), countingDocument())
  writeFileSync(path.join(folder, 'nowhere.millrace.json'), countingDocument('not-there'))
  await openEmpty(page)
  await open('counting.millrace.json')
  await connectTo(page, '127.0.0.1:9')
  await runButton(page).click()
  const failed = banner(page, 'Run failed')
  await expect(failed).toContainText('127.0.0.1:9', { timeout: BROKER_MS })
  await expectPlainWords(page)

  const silent = net.createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  try {
    await changeConnection(page, `127.0.0.1:${address.port}`)
    await runButton(page).click()
    await expect(runBar(page).getByText(/^starting/)).toBeVisible()
    await expect(failed).toContainText(`127.0.0.1:${address.port}`, { timeout: BROKER_MS })
    await runButton(page).click()
    await expect(runBar(page).getByText(/^starting/)).toBeVisible()
    await stopButton(page).click()
    await expect(runBar(page).getByText(/^stopped after/)).toBeVisible({ timeout: BROKER_MS })
    await expect(failed).toBeHidden()
    await expectPlainWords(page)
  } finally {
    silent.close()
  }

  const broker = await startMortalBroker()
  try {
    await changeConnection(page, broker.bootstrap)
    await open('nowhere.millrace.json')
    await expect(runBar(page).getByRole('button', { name: 'Runs on shop' })).toBeVisible()
    await runButton(page).click()
    await expect(failed).toContainText('the topic not-there is not there', { timeout: BROKER_MS })
    await failed.getByRole('button', { name: 'Show the step' }).click()
    await expect(step(page, 'Rows')).toHaveAttribute('data-selected', '')
  } finally {
    await broker.close()
  }
}

async function changeConnection(page: Screen['page'], bootstrap: string): Promise<void> {
  const panel = page.getByRole('region', { name: 'Left panel' })
  await panel.getByRole('tab', { name: 'Connections' }).click()
  await panel.getByRole('button', { name: 'More about shop' }).click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Host and port' }).fill(bootstrap)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

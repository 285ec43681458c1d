import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { banner } from '../screen/faults/fault-words.ts'
import { loseTheBroker, runInVain } from '../screen/faults/kafka.ts'
import { arm, connectTo, countingDocument, expectEveryMinute, SECONDS, startMortalBroker } from '../screen/faults/kafka-broker.ts'
import { runButton, stopButton } from '../screen/running.ts'
import { openEmpty, runBar } from '../screen/screen.ts'
import { expect, oneRuntimePid } from './desktop-app.ts'
import { test } from './screen-in-electron.ts'

test.setTimeout(180_000)

test('a broker that is killed and comes back: said in words, and every result is there', ({ host }) => loseTheBroker(host))

test('a Kafka that is not there, one that is silent, and a topic that is not there', ({ host }) => runInVain(host))

test('an engine that is killed while it reads Kafka: Run again goes on from the last save', async ({ host, app }) => {
  const { page, folder, open } = host
  writeFileSync(path.join(folder, 'counting.millrace.json'), countingDocument())
  const broker = await startMortalBroker()
  try {
    await openEmpty(page)
    await open('counting.millrace.json')
    await connectTo(page, broker.bootstrap)
    await arm(page)
    await broker.produce(0, SECONDS / 2)
    await runButton(page).click()
    await expect.poll(() => broker.written(), { timeout: 30_000 }).toBe(4)
    // Saves are some seconds apart; what was written is part of one.
    await page.waitForTimeout(8_000)
    process.kill(await oneRuntimePid(app.electron), 'SIGKILL')
    const stopped = banner(page, 'The engine stopped')
    await expect(stopped).toContainText('SIGKILL')
    await broker.produce(SECONDS / 2, SECONDS + 10)
    await stopped.getByRole('button', { name: 'Run again' }).click()
    await expect.poll(() => broker.written(), { timeout: 60_000 }).toBeGreaterThanOrEqual(SECONDS / 60)
    await expect(stopped).toBeHidden()
    await stopButton(page).click()
    await expect(runBar(page).getByText(/^stopped after/)).toBeVisible({ timeout: 20_000 })
    await expectEveryMinute(broker, SECONDS / 60)
    // Nothing was counted twice or written again: it went on where it had saved.
    expect(await broker.written()).toBe(SECONDS / 60)
  } finally {
    await broker.close()
  }
})

import { banner } from '../screen/faults/fault-words.ts'
import { interruptCounting, loseTheBroker, runInVain } from '../screen/faults/kafka.ts'
import { SECONDS } from '../screen/faults/kafka-broker.ts'
import { expect, oneRuntimePid } from './desktop-app.ts'
import { test } from './screen-in-electron.ts'

test.setTimeout(300_000)

test('a broker that is killed and comes back: said in words, and every result is there', ({ host }) => loseTheBroker(host))

test('a Kafka that is not there, one that is silent, and a topic that is not there', ({ host }) => runInVain(host))

test('an engine that is killed while it reads Kafka: Run again goes on from the last save', async ({ host, app }) => {
  const written = await interruptCounting(host, async () => {
    process.kill(await oneRuntimePid(app.electron), 'SIGKILL')
    const stopped = banner(host.page, 'The engine stopped')
    await expect(stopped).toContainText('SIGKILL')
    await stopped.getByRole('button', { name: 'Run again' }).click()
    await expect(stopped).toBeHidden()
  })
  // Nothing was counted twice or written again: it went on where it had saved.
  expect(written).toBe(SECONDS / 60)
})

import path from 'node:path'
import { ownKafkaStatus, stopOwnKafka } from '../../pipeline-runtime/local-kafka/own-kafka.ts'
import { lookIntoLocalKafka, runOnLocalKafka } from '../screen/local-kafka.ts'
import { stopButton } from '../screen/running.ts'
import { runBar } from '../screen/screen.ts'
import { expect, oneRuntimePid, quit } from './desktop-app.ts'
import { test } from './screen-in-electron.ts'

test.setTimeout(240_000)

test('a local Kafka that the app started survives its engine and ends with the app', async ({ host, app, folder }) => {
  const dataDir = path.join(folder, 'data')
  try {
    await runOnLocalKafka(host)
    await stopButton(host.page).click()
    await expect(runBar(host.page).getByText(/^stopped after/)).toBeVisible({ timeout: 20_000 })
    const before = await ownKafkaStatus(dataDir)
    expect(before).toMatchObject({ type: 'running', owner: { type: 'program', pid: app.electron.process().pid } })
    const pid = await oneRuntimePid(app.electron)
    process.kill(pid, 'SIGKILL')
    await oneRuntimePid(app.electron, [pid])
    await lookIntoLocalKafka(host)
    expect(await ownKafkaStatus(dataDir)).toMatchObject({ type: 'running', ...('pid' in before ? { pid: before.pid } : {}) })
    await quit(app)
    expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: false })
  } finally {
    await stopOwnKafka(dataDir, () => {})
  }
})

import path from 'node:path'
import { ownKafkaStatus, stopOwnKafka } from '../../pipeline-runtime/local-kafka/own-kafka.ts'
import { runOnLocalKafka, useLocalKafka } from '../screen/local-kafka.ts'
import { test } from './screen-in-browser.ts'
import { expect } from './served-page.ts'

test.setTimeout(240_000)

test('a local Kafka: started by a run, filled with sample data, looked into and stopped', async ({ host }) => {
  const dataDir = path.join(host.folder, '../data')
  try {
    await runOnLocalKafka(host)
    await useLocalKafka(host)
    expect(await ownKafkaStatus(dataDir)).toEqual({ type: 'stopped', interrupted: false })
  } finally {
    await stopOwnKafka(dataDir, () => {})
  }
})

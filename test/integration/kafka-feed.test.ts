import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { millrace, ROOT } from '../e2e/command-line.ts'
import { closeSharedKafka, type KafkaFixture, sharedKafka } from './kafka-fixture.ts'

const EXAMPLE = path.join(ROOT, 'pipeline-runtime/examples/purchases-per-country.millrace.json')

let kafka: KafkaFixture
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-feed-'))
  kafka = await sharedKafka()
})
afterAll(async () => {
  await closeSharedKafka()
  rmSync(folder, { recursive: true, force: true })
})

test('feed writes the sample of a document into Kafka, and the same document then runs there', async () => {
  const feed = ['feed', EXAMPLE, '--target', `shop=${kafka.bootstrap}`]
  expect(await millrace(feed)).toMatchObject({ code: 2, stderr: expect.stringMatching(/the topic purchases is not there/) })
  await kafka.admin.createTopics({ topics: [{ topic: 'purchases', numPartitions: 3 }], waitForLeaders: true })
  expect(await millrace(feed)).toMatchObject({ code: 0, stderr: 'purchases: 36,000 records written to purchases.\n' })
  const run = await millrace(['run', EXAMPLE, '--target', kafka.bootstrap, '--until-end', '--json', '--data-dir', folder])
  expect(run.code, run.stderr).toBe(0)
  expect(run.stderr).toMatch(/^purchases +36,000 +36,000 /m)
  const rows = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { row: { country: string; purchases: number } }).row)
  const late = Number(/^per_country +\S+ +\S+ +\S+ +([\d,]+)/m.exec(run.stderr)?.[1]?.replaceAll(',', ''))
  const paid = Number(/^per_country +([\d,]+)/m.exec(run.stderr)?.[1]?.replaceAll(',', ''))
  expect(rows.reduce((sum, { purchases }) => sum + purchases, 0) + late).toBe(paid)
  expect(new Set(rows.map(({ country }) => country)).size).toBe(8)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { millrace } from '../e2e/command-line.ts'
import { closeSharedKafka, type KafkaFixture, sharedKafka } from './kafka-fixture.ts'

let kafka: KafkaFixture
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-refused-'))
  kafka = await sharedKafka()
})
afterAll(async () => {
  await closeSharedKafka()
  rmSync(folder, { recursive: true, force: true })
})

test('rule 3: rows around the size that a topic takes, and rows without a key: each is written or set aside, none stops the run', async () => {
  const narrow = await kafka.createTopic(1, { 'max.message.bytes': '2000', 'cleanup.policy': 'compact' })
  const aside = await kafka.createTopic(1)
  // JSON text of 1,500 to 2,500 letters: some on either side of the limit; every tenth has no key.
  const rows = Array.from({ length: 500 }, (_, i) => ({ name: i % 10 === 0 ? null : `k${i}`, text: 'x'.repeat(1_500 + 2 * i) }))
  writeFileSync(path.join(folder, 'rows.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const columns = [
    { name: 'name', type: 'STRING' },
    { name: 'text', type: 'STRING' },
  ]
  const document = {
    format: 1,
    kinds: { 'file-source': 1, 'kafka-sink': 1 },
    name: 'Refused',
    nodes: [
      { id: 'rows', kind: 'file-source', config: { path: 'rows.jsonl', columns } },
      { id: 'narrow', kind: 'kafka-sink', config: { connection: 'shop', topic: narrow, key: ['name'], onError: 'dead-letter' } },
      { id: 'aside', kind: 'kafka-sink', config: { connection: 'shop', topic: aside } },
    ],
    edges: [
      { from: 'rows.out', to: 'narrow.in' },
      { from: 'narrow.dead-letter', to: 'aside.in' },
    ],
  }
  writeFileSync(path.join(folder, 'refused.millrace.json'), JSON.stringify(document))
  const finished = await millrace(['run', path.join(folder, 'refused.millrace.json'), '--target', kafka.bootstrap])
  expect(finished, finished.stderr).toMatchObject({ code: 0 })

  const count = async (topic: string) => (await kafka.admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0)
  const [written, setAside] = [await count(narrow), await count(aside)]
  expect(written + setAside).toBe(rows.length)
  const codes = (await kafka.consume(aside, setAside)).map(({ headers }) => String(headers?.['millrace.code']))
  expect(codes.filter((code) => code === 'KEY_MISSING').length).toBeGreaterThan(15)
  expect(codes.filter((code) => code === 'RECORD_TOO_LARGE').length).toBeGreaterThan(200)
  // The check is an upper bound, and close: what has room to spare is written.
  const records = await kafka.consume(narrow, written)
  expect(Math.max(...records.map(({ value }) => value?.length ?? 0))).toBeGreaterThan(1_850)
})

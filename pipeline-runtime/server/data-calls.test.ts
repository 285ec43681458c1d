import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionStep } from '../connectors/connection-kind.ts'
import { compiled, exampleSpec, openTestRuntime, refusalOf } from './test-runtime.contract.ts'

let t: ReturnType<typeof openTestRuntime>
beforeEach(() => {
  t = openTestRuntime()
})
afterEach(async () => {
  await t.close()
  expect(t.faults).toEqual([])
})

const inFolder = (name: string) => path.join(t.folder, name)

describe('a sample of a file', () => {
  const sample = (name: string, limit = 100) => t.client.data.sampleFile({ path: name, folder: t.folder, limit })

  test('CSV with names in its first line, whatever stands between the fields', async () => {
    for (const delimiter of [',', ';', '\t']) {
      const rows = ['id,status,at', '1,paid,2026-01-01T00:00:00Z', '9007199254740993,open,2026-01-01T00:00:01Z']
      writeFileSync(inFolder('orders.csv'), `\ufeff${rows.map((row) => row.replaceAll(',', delimiter)).join('\r\n')}\r\n`)
      const { format, columns, eventTime, page, records } = await sample('orders.csv')
      expect(format).toMatchObject({ type: 'csv', delimiter, header: true })
      expect(columns.map(({ name, type }) => [name, type])).toEqual([
        ['id', 'BIGINT'],
        ['status', 'STRING'],
        ['at', 'TIMESTAMP_LTZ(3)'],
      ])
      expect([eventTime, records]).toEqual(['at', 2])
      expect(page.rows.map(({ cells }) => cells[0])).toEqual(['1', '9007199254740993'])
      expect(page.rows[0]).toMatchObject({ eventTimeMs: Date.UTC(2026, 0, 1), origin: { topic: 'orders.csv', partition: 0, offset: 2 } })
    }
  })

  test('CSV without names, and one row only', async () => {
    writeFileSync(inFolder('plain.csv'), '1,a\n2,b\n')
    expect((await sample('plain.csv')).format).toMatchObject({ header: false })
    expect((await sample('plain.csv')).columns.map(({ name }) => name)).toEqual(['column_1', 'column_2'])
    expect((await sample('plain.csv', 1)).page.rows).toHaveLength(1)
  })

  test('JSON lines; lines that are none give no row and are counted', async () => {
    writeFileSync(inFolder('a.jsonl'), '{"n":1,"x":NaN}\n\n{"n":2,"x":1.5,"deep":{"a":[1]}}\n{"n":3}\n')
    const { format, columns, page, records, eventTime } = await sample('a.jsonl')
    expect(format).toEqual({ type: 'json' })
    expect(columns.map(({ name }) => name)).toEqual(['n', 'x', 'deep'])
    expect([page.rows.length, records, eventTime]).toEqual([2, 3, undefined])
  })

  test('a format that the user has chosen wins over the guess', async () => {
    writeFileSync(inFolder('names.csv'), 'a,b\nc,d\n')
    const format = { type: 'csv', delimiter: ',', header: false, null: '' } as const
    const { columns, page } = await t.client.data.sampleFile({ path: 'names.csv', folder: t.folder, limit: 10, format })
    expect([columns.length, page.rows.length]).toEqual([2, 2])
  })

  test.each([
    ['nothing.csv', undefined, 'FILE_NOT_FOUND'],
    ['empty.csv', '', 'FILE_EMPTY'],
    ['sheet.xlsx', 'PK\u0003\u0004\u0000\u0000', 'NOT_TEXT'],
    ['list.json', '[\n  {"a": 1}\n]\n', 'JSON_LIST'],
  ])('%s is refused with what to do', async (name, content, code) => {
    if (content !== undefined) writeFileSync(inFolder(name), content)
    expect(await refusalOf(sample(name))).toMatchObject({ code, message: expect.stringContaining(name) })
  })
})

describe('what a document may use of the disk', () => {
  const sample = (runtime: typeof t, file: string, folder: string) => runtime.client.data.sampleFile({ path: file, folder, limit: 1 })

  beforeEach(() => {
    for (const folder of ['docs', 'other']) {
      mkdirSync(inFolder(folder))
      writeFileSync(inFolder(`${folder}/a.csv`), 'n\n1\n')
    }
    symlinkSync(inFolder('other'), inFolder('docs/link'))
  })

  test('with a root nothing outside of it, also by links and also where a folder was granted', async () => {
    const served = openTestRuntime({ root: inFolder('docs') })
    served.runtime.allow(inFolder('other'))
    expect((await sample(served, 'a.csv', inFolder('docs'))).records).toBe(1)
    expect((await sample(served, inFolder('docs/a.csv'), '')).records).toBe(1)
    for (const [file, folder] of [
      ['link/a.csv', inFolder('docs')],
      ['../other/a.csv', inFolder('docs')],
      [inFolder('other/a.csv'), inFolder('docs')],
      [inFolder('other/a.csv'), ''],
      ['a.csv', inFolder('other')],
      ['a.csv', inFolder('docs/link')],
    ] as const) {
      expect(await refusalOf(sample(served, file, folder)), file).toMatchObject({ code: 'FILE_NOT_ALLOWED' })
    }
    await served.close()
  })

  test('without one what was granted; a document that was never saved only by whole paths', async () => {
    const granted = openTestRuntime()
    expect(await refusalOf(sample(granted, 'a.csv', inFolder('docs')))).toMatchObject({ code: 'FILE_NOT_ALLOWED' })
    granted.runtime.allow(inFolder('docs'))
    expect((await sample(granted, 'a.csv', inFolder('docs'))).records).toBe(1)
    expect(await refusalOf(sample(granted, 'link/a.csv', inFolder('docs')))).toMatchObject({ code: 'FILE_NOT_ALLOWED' })
    granted.runtime.allow(inFolder('other'))
    expect((await sample(granted, 'link/a.csv', inFolder('docs'))).records).toBe(1)
    expect(await refusalOf(sample(granted, 'a.csv', ''))).toMatchObject({ code: 'DOCUMENT_NOT_SAVED' })
    expect(await refusalOf(sample(granted, 'a.csv', 'docs'))).toMatchObject({ code: 'FILE_NOT_ALLOWED' })
    await granted.close()
  })
})

describe('the first sample rows that come to a step', () => {
  const rowsAt = (spec: unknown, nodeId: string, limit: number) => t.client.data.sampleRows({ spec, nodeId, folder: t.folder, limit })

  test('in the order in which they come, without a run that anybody sees', async () => {
    const spec = exampleSpec('purchases-per-country')
    const { rows, columns } = await rowsAt(spec, 'per_country', 7)
    expect(rows.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6])
    const status = columns.findIndex(({ name }) => name === 'status')
    expect(rows.map(({ cells }) => cells[status])).toEqual(Array(7).fill('paid'))
    expect(await rowsAt(spec, 'per_country', 7)).toEqual(await rowsAt(spec, 'per_country', 7))
    expect((await rowsAt(spec, 'spending', 3)).rows).toHaveLength(3)
    expect(await t.client.runs.list()).toEqual([])
  })

  test('also in front of a row that fails', async () => {
    writeFileSync(inFolder('a.jsonl'), `${'{"n":1}\n'.repeat(1000)}oops\n`)
    const config = { path: 'a.jsonl', columns: [{ name: 'n', type: 'BIGINT' }] }
    const document = {
      format: 1,
      kinds: { 'file-source': 1, 'table-sink': 1 },
      name: 'Rows',
      nodes: [
        { id: 'read', kind: 'file-source', config },
        { id: 'show', kind: 'table-sink', config: {} },
      ],
      edges: [{ from: 'read.out', to: 'show.in' }],
    }
    expect((await rowsAt(compiled(document), 'show', 2000)).rows).toHaveLength(1000)
    writeFileSync(inFolder('a.jsonl'), 'oops\n')
    expect(await refusalOf(rowsAt(compiled(document), 'show', 10))).toMatchObject({ code: 'UNDECODABLE_JSON', nodeId: 'read' })
    const writing = { ...document, kinds: { 'file-source': 1, 'file-sink': 1 } }
    const nodes = document.nodes.map((node) => (node.id === 'show' ? { ...node, kind: 'file-sink', config: { path: 'out.jsonl' } } : node))
    expect(await refusalOf(rowsAt(compiled({ ...writing, nodes }), 'show', 10))).toMatchObject({ code: 'SAMPLE_WRITES' })
  })
})

describe('a connection test names the step that fails and what to try', () => {
  const steps = async (bootstrap: string) => {
    let last: readonly ConnectionStep[] = []
    for await (const now of await t.client.data.testConnection({ target: { type: 'kafka', name: 'x', config: { bootstrap } } })) last = now
    return last
  }

  test('a host that nobody knows', async () => {
    const found = await steps('no-such-host.invalid:9092')
    expect(found.map(({ name, state }) => [name, state])).toEqual([['Find the host', 'failed']])
    expect(found[0]?.message).toContain('no-such-host.invalid')
  })

  test('a port at which nothing listens', async () => {
    const found = await steps('127.0.0.1:1')
    expect(found.map(({ state }) => state)).toEqual(['passed', 'failed'])
    expect(found[1]?.message).toContain('Nothing listens at 127.0.0.1:1')
  })

  test('something that is no Kafka', async () => {
    const server = net.createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as net.AddressInfo // of a TCP server
    const found = await steps(`127.0.0.1:${port}`)
    expect(found.map(({ state }) => state)).toEqual(['passed', 'passed', 'failed'])
    expect(found[2]?.message).toContain('does not answer as Kafka does')
    server.close()
  })
})

import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runCommand } from '../cli/commands/run.ts'
import type { Output } from '../cli/output.ts'
import { EXAMPLES_FOLDER } from '../examples/run-example.ts'
import type { NodeFigures } from '../rpc/run-state.ts'
import { type RowTab, rowTabs } from '../rpc/runtime-api.ts'
import { compiled, exampleSpec, openTestRuntime, refusalOf } from './test-runtime.contract.ts'

let t: ReturnType<typeof openTestRuntime>
beforeEach(() => {
  t = openTestRuntime()
})
afterEach(async () => {
  await t.close()
  expect(t.faults).toEqual([])
})

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

const examples = ['guessed-passwords', 'live-report', 'lying-sensor', 'purchases-per-country', 'slow-api']
const toTheEnd = { stop: { type: 'end' } } as const

/** Lines of a file; every seventh is no JSON, every fifth divides by zero. */
function writeLines(count: number): void {
  const lines = Array.from({ length: count }, (_, i) => (i % 7 === 6 ? `{"n": ${i}, oops` : `{"n":${i},"by":${i % 5},"at":${i * 1000}}`))
  writeFileSync(path.join(t.folder, 'lines.jsonl'), `${lines.join('\n')}\n`)
}

function fileDocument(sourcePolicy: string, selectPolicy: string) {
  const columns = [
    { name: 'n', type: 'BIGINT' },
    { name: 'by', type: 'BIGINT' },
    { name: 'at', type: 'TIMESTAMP_LTZ(3)', unit: 'ms' },
  ]
  const asideNodes = (policy: string, id: string) => (policy === 'dead-letter' ? [{ id, kind: 'table-sink', config: {} }] : [])
  const asideEdges = (policy: string, from: string, to: string) =>
    policy === 'dead-letter' ? [{ from: `${from}.dead-letter`, to: `${to}.in` }] : []
  return {
    format: 1,
    kinds: { 'file-sink': 1, 'file-source': 1, filter: 1, select: 1, 'table-sink': 1, 'window-aggregate': 1 },
    name: 'Lines',
    nodes: [
      { id: 'lines', kind: 'file-source', config: { path: 'lines.jsonl', columns, eventTime: 'at', onError: sourcePolicy } },
      { id: 'small', kind: 'filter', config: { condition: 'n < 90' } },
      {
        id: 'ratio',
        kind: 'select',
        config: { onError: selectPolicy, columns: [{ name: 'share', expression: 'n / by' }], keepOthers: true },
      },
      { id: 'out', kind: 'file-sink', config: { path: 'out.jsonl' } },
      ...asideNodes(sourcePolicy, 'no_json'),
      ...asideNodes(selectPolicy, 'no_share'),
    ],
    edges: [
      { from: 'lines.out', to: 'small.in' },
      { from: 'small.out', to: 'ratio.in' },
      { from: 'ratio.out', to: 'out.in' },
      ...asideEdges(sourcePolicy, 'lines', 'no_json'),
      ...asideEdges(selectPolicy, 'ratio', 'no_share'),
    ],
  }
}

/** The table that `millrace run` ends with, as numbers by node. */
async function summaryOf(file: string, ...options: string[]): Promise<Record<string, number[]>> {
  const said: string[] = []
  const output: Output = {
    result: async () => {},
    say: (line) => said.push(line),
    errors: new Writable({ write: (_chunk, _encoding, done) => done() }),
    columns: 120,
  }
  expect(await runCommand.run([file, ...options], output)).toBe(0)
  const table = said.filter((line) => /^\S+( +[\d,]+){7}$/.test(line))
  return Object.fromEntries(
    table.map((line) => {
      const [id = '', ...numbers] = line.split(/ +/)
      return [id, numbers.map((number) => Number(number.replaceAll(',', '')))]
    }),
  )
}

function countsOf(nodes: readonly NodeFigures[] | undefined): Record<string, number[]> {
  return Object.fromEntries(
    (nodes ?? []).map((node) => [node.nodeId, [node.in, node.out, node.removed, node.late, node.errors, node.setAside, node.skipped]]),
  )
}

describe('figures at the end equal the summary of the command line', () => {
  test.each(examples)('%s', async (name) => {
    const { runId } = await t.start(exampleSpec(name), toTheEnd)
    const last = await t.finish(runId)
    expect(last.state.type).toBe('ended')
    const summary = await summaryOf(path.join(EXAMPLES_FOLDER, `${name}.millrace.json`), '--until-end')
    expect(countsOf(last.figures?.nodes)).toEqual(summary)
    expect(Object.keys(summary).length).toBeGreaterThan(3)
  })

  test.each([
    ['skip', 'skip'],
    ['dead-letter', 'dead-letter'],
  ])('a file with lines that are no JSON, %s', async (source, select) => {
    writeLines(200)
    const file = path.join(t.folder, 'lines.millrace.json')
    writeFileSync(file, JSON.stringify(fileDocument(source, select)))
    const last = await t.finish((await t.start(compiled(fileDocument(source, select)))).runId)
    expect(last.state.type).toBe('ended')
    const written = readFileSync(path.join(t.folder, 'out.jsonl'), 'utf8')
    const summary = await summaryOf(file)
    expect(countsOf(last.figures?.nodes)).toEqual(summary)
    expect(readFileSync(path.join(t.folder, 'out.jsonl'), 'utf8')).toBe(written)
    const { lines = [], ratio = [] } = summary
    expect([lines[4], ratio[4]]).toEqual([28, 16])
    expect(last.figures?.nodes.find(({ nodeId }) => nodeId === 'out')?.written).toBe(summary.out?.[0])
  })
})

describe('rows', () => {
  const totalOf: Readonly<Record<RowTab, (node: NodeFigures) => number>> = {
    in: (node) => node.edgesIn.reduce((sum, rows) => sum + rows, 0),
    out: (node) => node.ports.out ?? 0,
    removed: (node) => node.removed,
    late: (node) => node.late,
    'set-aside': (node) => node.errors,
  }

  test.each(['live-report', 'guessed-passwords'])('%s: totals of all tabs are the figures, and the newest rows are kept', async (name) => {
    const spec = exampleSpec(name)
    const { runId } = await t.start(spec, toTheEnd)
    const { figures } = await t.finish(runId)
    for (const node of figures?.nodes ?? []) {
      for (const tab of rowTabs) {
        const { rows, total, firstSeq } = await t.client.runs.rows({ runId, nodeId: node.nodeId, tab, limit: 50 })
        expect(total, `${node.nodeId} ${tab}`).toBe(totalOf[tab](node))
        expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: Math.min(50, total) }, (_, i) => total - Math.min(50, total) + i))
        expect(firstSeq).toBeLessThanOrEqual(Math.max(0, total - Math.min(total, 1000)))
      }
    }
    const late = figures?.nodes.reduce((sum, node) => sum + node.late, 0) ?? 0
    if (name === 'live-report') expect(late).toBeGreaterThan(0)
  })

  test('pages follow one another, and a table shows what its file holds', async () => {
    writeLines(60)
    const { runId } = await t.start(compiled(fileDocument('skip', 'skip')))
    await t.finish(runId)
    const page = (fromSeq: number, limit: number) => t.client.runs.rows({ runId, nodeId: 'lines', tab: 'out', fromSeq, limit })
    const first = await page(0, 5)
    expect(first.columns).toEqual([
      { name: 'n', type: 'BIGINT' },
      { name: 'by', type: 'BIGINT' },
      { name: 'at', type: 'TIMESTAMP_LTZ(3)' },
    ])
    expect(first.rows[1]).toEqual({
      seq: 1,
      cells: ['1', '1', '1970-01-01T00:00:01.000Z'],
      eventTimeMs: 1000,
      kind: 'insert',
      origin: { topic: 'lines.jsonl', partition: 0, offset: 2 },
    })
    const second = await page(5, 100)
    expect([...first.rows, ...second.rows].map(({ cells }) => Number(cells[0]))).toEqual(
      Array.from({ length: 60 }, (_, i) => i).filter((i) => i % 7 !== 6),
    )
    expect((await page(1000, 5)).rows).toEqual([])
  })

  test.each(['skip', 'dead-letter', 'fail'])('rows that failed show their bytes, reason and line under %s', async (policy) => {
    writeLines(30)
    const { runId } = await t.start(compiled(fileDocument(policy, 'skip')))
    const last = await t.finish(runId)
    const { rows, total, columns } = await t.client.runs.rows({ runId, nodeId: 'lines', tab: 'set-aside', limit: 10 })
    expect(total).toBe(policy === 'fail' ? 1 : 4)
    const cell = (name: string) => rows[0]?.cells[columns.findIndex((column) => column.name === name)] ?? null
    expect(Buffer.from(cell('value') ?? '', 'base64').toString()).toBe('{"n": 6, oops')
    expect(cell('reason')).toMatch(/expected a name/)
    expect(rows[0]?.origin).toEqual({ topic: 'lines.jsonl', partition: 0, offset: 7 })
    if (policy !== 'fail') return
    expect(last.state).toEqual({
      type: 'failed',
      failure: {
        code: 'UNDECODABLE_JSON',
        nodeId: 'lines',
        topic: 'lines.jsonl',
        partition: 0,
        offset: 7,
        message: expect.stringContaining('Line 7'),
      },
    })
    const { lines } = await t.client.runs.logs({ runId, fromSeq: 0, limit: 100 })
    expect(lines.at(-1)).toMatchObject({ level: 'error', details: { nodeId: 'lines', offset: 7 } })
  })

  test('rows of time windows that are open stand with the time at which they are finished, also in the table behind', async () => {
    const { runId } = await t.start(exampleSpec('purchases-per-country'))
    for await (const { figures } of await t.client.runs.watch({ runId })) {
      if ((figures?.nodes.find(({ nodeId }) => nodeId === 'per_country')?.stateKeys ?? 0) > 3) await t.client.runs.stop({ runId })
    }
    const at = (nodeId: string, tab: RowTab) => t.client.runs.rows({ runId, nodeId, tab, limit: 100 })
    const { open, columns } = await at('per_country', 'out')
    expect(open.length).toBeGreaterThan(3)
    const end = columns.findIndex(({ name }) => name === 'window_end')
    for (const { cells, finishedAtMs } of open) expect(finishedAtMs).toBe(Date.parse(cells[end] ?? '') + 5000)
    expect((await at('spending', 'in')).open).toEqual(open)
    expect((await at('paid', 'out')).open).toEqual([])
  })

  test('results that are kept up to date replace one another', async () => {
    const document = JSON.parse(readFileSync(path.join(EXAMPLES_FOLDER, 'purchases-per-country.millrace.json'), 'utf8'))
    document.nodes[2].config.emit = 'updates'
    delete document.tests
    const { runId } = await t.start(compiled(document), toTheEnd)
    await t.finish(runId)
    const { rows } = await t.client.runs.rows({ runId, nodeId: 'spending', tab: 'in', limit: 5 })
    expect(rows.map(({ kind }) => kind)).toEqual(Array(5).fill('upsert'))
  })

  test('columns are known before a row has passed', async () => {
    writeFileSync(path.join(t.folder, 'lines.jsonl'), '')
    const { runId } = await t.start(compiled(fileDocument('skip', 'skip')))
    await t.finish(runId)
    for (const [nodeId, tab] of [
      ['ratio', 'out'],
      ['out', 'in'],
    ] as const) {
      const { columns, rows } = await t.client.runs.rows({ runId, nodeId, tab, limit: 5 })
      expect(columns.map(({ name }) => name)).toContain('share')
      expect(rows).toEqual([])
    }
  })
})

describe('a run', () => {
  test('of live sample data is played in fast motion and stops when asked to', async () => {
    const { runId } = await t.start(exampleSpec('purchases-per-country'))
    const seen: number[] = []
    for await (const { figures, elapsedMs } of await t.client.runs.watch({ runId })) {
      seen.push(elapsedMs)
      expect(figures?.playback ?? { speed: 60, live: false }).toEqual({ speed: 60, live: false })
      if (seen.length === 5) await t.client.runs.stop({ runId })
    }
    // At most four a second: the first at once, the last when the run is over.
    for (let i = 2; i < seen.length - 1; i++) expect((seen[i] ?? 0) - (seen[i - 1] ?? 0)).toBeGreaterThan(200)
    const [over] = await t.client.runs.list()
    expect(over?.state.type).toBe('stopped')
    expect(over?.figures?.nodes[0]?.in).toBeGreaterThan(100)
  })

  test('is the only one of its document while it is under way; others go on beside it', async () => {
    const spec = exampleSpec('purchases-per-country')
    const { runId } = await t.start(spec)
    expect(await refusalOf(t.start(spec))).toMatchObject({ code: 'RUN_UNDER_WAY' })
    expect(await refusalOf(t.client.runs.forget({ runId }))).toMatchObject({ code: 'RUN_UNDER_WAY' })
    const other = await t.start(spec, { documentId: 'b', ...toTheEnd })
    await t.finish(other.runId)
    await t.client.runs.stop({ runId })
    await t.finish(runId)
    const again = await t.start(spec, toTheEnd)
    await t.finish(again.runId)
    expect((await t.client.runs.list()).map((run) => run.runId)).toEqual([other.runId, again.runId])
    await t.client.runs.forget({ runId: again.runId })
    expect(await refusalOf(t.client.runs.rows({ runId: again.runId, nodeId: 'paid', tab: 'in', limit: 1 }))).toMatchObject({
      code: 'UNKNOWN_RUN',
    })
  })

  test('is told to its end to a reader that is slow', async () => {
    const { runId } = await t.start(exampleSpec('purchases-per-country'), toTheEnd)
    const states: string[] = []
    for await (const { state } of await t.client.runs.watch({ runId })) {
      states.push(state.type)
      await new Promise((resolve) => setTimeout(resolve, 1500))
    }
    expect(states.at(-1)).toBe('ended')
    expect(states.length).toBeLessThan(6)
  })

  test('goes on when the reader of its figures leaves', async () => {
    const { runId } = await t.start(exampleSpec('purchases-per-country'))
    for await (const { figures } of await t.client.runs.watch({ runId })) if (figures !== undefined) break
    expect((await t.client.runs.list())[0]?.state.type).toBe('running')
  })

  test('of a file that becomes shorter while it is read fails in words', async () => {
    writeLines(300_000)
    const { runId } = await t.start(compiled(fileDocument('skip', 'skip')))
    while ((await t.client.runs.rows({ runId, nodeId: 'lines', tab: 'out', limit: 1 })).total === 0) await nextTurn()
    truncateSync(path.join(t.folder, 'lines.jsonl'), 100)
    const { state } = await t.finish(runId)
    expect(state).toMatchObject({
      type: 'failed',
      failure: { code: 'FILE_TRUNCATED', nodeId: 'lines', message: expect.stringContaining('Run again') },
    })
  })

  test('on a local Kafka that cannot be started says what is missing', async () => {
    vi.stubEnv('MILLRACE_KAFKA_DIR', t.folder)
    try {
      const columns = [{ name: 'n', type: 'BIGINT' }]
      const document = {
        format: 1,
        kinds: { 'kafka-source': 1, 'table-sink': 1 },
        name: 'Local',
        nodes: [
          { id: 'read', kind: 'kafka-source', config: { connection: 'shop', topic: 'orders', columns } },
          { id: 'show', kind: 'table-sink', config: {} },
        ],
        edges: [{ from: 'read.out', to: 'show.in' }],
      }
      const { state } = await t.finish((await t.start(compiled(document), { target: { type: 'local' } })).runId)
      const message = expect.stringContaining('MILLRACE_KAFKA_DIR')
      expect(state).toEqual({ type: 'failed', failure: { code: 'LOCAL_KAFKA_MISSING', message } })
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test.skipIf(!existsSync('/dev/full'))('onto a full disk fails in words', async () => {
    writeLines(10)
    const full = openTestRuntime()
    full.runtime.allow('/dev')
    const document = fileDocument('skip', 'skip')
    const nodes = document.nodes.map((node) => (node.id === 'out' ? { ...node, config: { path: '/dev/full' } } : node))
    const { runId } = await full.start(compiled({ ...document, nodes }), { folder: t.folder }).catch(() => ({ runId: '' }))
    expect(runId).toBe('')
    full.runtime.allow(t.folder)
    const { state } = await full.finish((await full.start(compiled({ ...document, nodes }), { folder: t.folder })).runId)
    expect(state).toMatchObject({ type: 'failed', failure: { code: 'DISK_FULL', nodeId: 'out' } })
    await full.close()
  })
})

describe('what is refused', () => {
  test('input that the contract does not allow comes back as issues', async () => {
    // as: what a page of another version, or of somebody else, might send.
    const start = (input: unknown) => refusalOf(t.client.runs.start(input as never))
    expect(await start(undefined)).toMatchObject({ code: 'WRONG_INPUT' })
    expect(await start({ documentId: 7, target: { type: 'moon' } })).toMatchObject({
      code: 'WRONG_INPUT',
      issues: expect.arrayContaining([expect.objectContaining({ path: '/documentId', severity: 'error' })]),
    })
    expect(await refusalOf(t.client.runs.rows({ runId: 'x', nodeId: 'a', tab: 'in', limit: 100_000 }))).toMatchObject({
      code: 'WRONG_INPUT',
    })
  })

  test('specs that are none, that were changed, or that nothing would compile to', async () => {
    const spec = exampleSpec('purchases-per-country')
    for (const rubbish of [null, 7, 'spec', [], {}, { format: 1 }, { specVersion: 99 }]) {
      const refusal = await refusalOf(
        t.client.runs.start({ spec: rubbish, documentId: 'a', target: { type: 'sample' }, armed: false, folder: '' }),
      )
      expect(refusal.message).not.toMatch(/\n\s+at /)
      expect(refusal.issues?.length).toBeGreaterThan(0)
    }
    expect(await refusalOf(t.start({ ...spec, timeZone: 'Europe/Berlin' }))).toMatchObject({ code: 'SPEC_CHANGED' })
  })

  test('files outside of what the document may use', async () => {
    const document = (file: string) => ({
      ...fileDocument('skip', 'skip'),
      nodes: fileDocument('skip', 'skip').nodes.map((node) =>
        node.id === 'lines' ? { ...node, config: { ...node.config, path: file } } : node,
      ),
    })
    expect(await refusalOf(t.start(compiled(document('/etc/hostname'))))).toMatchObject({
      code: 'FILE_NOT_ALLOWED',
      nodeId: 'lines',
      message: expect.stringContaining('/etc/hostname'),
    })
    expect(await refusalOf(t.start(compiled(document('lines.jsonl')), { folder: '/etc' }))).toMatchObject({ code: 'FILE_NOT_ALLOWED' })
    expect(await refusalOf(t.start(compiled(document('lines.jsonl')), { folder: '' }))).toMatchObject({ code: 'DOCUMENT_NOT_SAVED' })
  })
})

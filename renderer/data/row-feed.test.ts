import { expect, test } from 'vitest'
import type { RowPage, WireRow } from '../../pipeline-runtime/rpc/cells.ts'
import type { RuntimeClient, RuntimeLink } from '../host/host.ts'
import { createDocumentStore } from '../state/document-store.ts'
import { createRunStore, type ShownRun } from '../state/run-store.ts'
import { createRowFeed } from './row-feed.ts'

/** A runtime of which only `runs.rows` is there: what it holds is set by the tests. */
function heldRows() {
  let total = 0
  const asked: { fromSeq?: number | undefined; limit: number }[] = []
  const rows = async ({ fromSeq, limit }: { fromSeq?: number; limit: number }): Promise<RowPage> => {
    asked.push({ fromSeq, limit })
    const from = fromSeq ?? Math.max(0, total - limit)
    const to = Math.min(total, from + limit)
    const list = Array.from(
      { length: Math.max(0, to - from) },
      (_, i): WireRow => ({ seq: from + i, cells: [], eventTimeMs: 0, kind: 'insert' }),
    )
    return { columns: [], rows: list, total, firstSeq: 0, open: [] }
  }
  const client = { runs: { rows } } as unknown as RuntimeClient // The feed calls nothing else.
  const link: RuntimeLink = { client, ready: async () => client, onChange: () => () => {} }
  return { link, asked, pass: (rows: number) => (total += rows) }
}

function shownRun(runId: string): ShownRun {
  const { document } = createDocumentStore().getState()
  const state = { type: 'running' } as const
  const target = { type: 'sample' } as const
  return { runId, documentId: 'd', document, spec: undefined, target, armed: false, state, update: undefined, previous: undefined }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
const figures = (runs: ReturnType<typeof createRunStore>) =>
  runs.take({
    runId: 'r',
    documentId: 'd',
    specHash: '',
    target: { type: 'sample' },
    armed: false,
    state: { type: 'running' },
    elapsedMs: 0,
  })

function started(rows: number, limit = 5000) {
  const runtime = heldRows()
  runtime.pass(rows)
  const runs = createRunStore()
  runs.show(shownRun('r'))
  const feed = createRowFeed(runs, runtime.link, { nodeId: 'n', tab: 'out', limit })
  feed.subscribe(() => {})
  const stop = feed.start()
  return { ...runtime, runs, feed, stop, seqs: () => feed.current().rows.map(({ seq }) => seq) }
}

test('pulls once at the start, then whenever figures come, and only what is new', async () => {
  const { runs, pass, asked, seqs, feed } = started(3)
  await settle()
  expect(feed.current().loaded).toBe(true)
  pass(2)
  figures(runs)
  await settle()
  expect(seqs()).toEqual([0, 1, 2, 3, 4])
  expect(asked.map(({ fromSeq }) => fromSeq)).toEqual([undefined, 3])
})

test('a stream that is faster than the pages shows the newest rows', async () => {
  const { runs, pass, asked, feed } = started(10)
  await settle()
  pass(50_000)
  figures(runs)
  await settle()
  const { rows, total } = feed.current()
  expect(total).toBe(50_010)
  expect(rows.length).toBe(1000)
  expect(rows.at(-1)?.seq).toBe(50_009)
  pass(50_000)
  figures(runs)
  await settle()
  expect(feed.current().rows.at(-1)?.seq).toBe(100_009)
  expect(asked.at(-1)).toEqual({ fromSeq: undefined, limit: 1000 })
})

test('paused, the rows stay and the total goes on; following again brings the rest', async () => {
  const { runs, pass, asked, seqs, feed } = started(3)
  await settle()
  feed.follow(false)
  pass(4)
  figures(runs)
  await settle()
  expect(seqs()).toEqual([0, 1, 2])
  expect(feed.current().total).toBe(7)
  expect(asked.at(-1)).toEqual({ fromSeq: undefined, limit: 1 })
  feed.follow(true)
  await settle()
  expect(seqs()).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('followed again while a look at the total is on its way, it loses no row', async () => {
  const { runs, pass, seqs, feed } = started(3)
  await settle()
  feed.follow(false)
  pass(4)
  figures(runs)
  feed.follow(true)
  await settle()
  expect(seqs()).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('never holds more than asked for', async () => {
  const { runs, pass, seqs } = started(3, 4)
  await settle()
  pass(3)
  figures(runs)
  await settle()
  expect(seqs()).toEqual([2, 3, 4, 5])
})

test('another run begins anew', async () => {
  const { runs, feed } = started(3)
  await settle()
  runs.show(shownRun('r2'))
  expect(feed.current()).toMatchObject({ runId: 'r2', rows: [], loaded: false })
  await settle()
  expect(feed.current().loaded).toBe(true)
  runs.show(undefined)
  expect(feed.current().runId).toBeUndefined()
})

test('stopped, it asks for nothing more', async () => {
  const { runs, stop, asked } = started(0)
  await settle()
  stop()
  figures(runs)
  await settle()
  expect(asked.length).toBe(1)
})

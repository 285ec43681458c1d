import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import { readDocument } from '../../pipeline-runtime/spec/read-document.ts'
import { type Server, startServer } from '../browser/serve-process.ts'
import { millrace, ROOT } from './command-line.ts'
import { connectTo, type ServeClient } from './serve-client.ts'

const EXAMPLES = path.join(ROOT, 'pipeline-runtime/examples')
const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.millrace.json'))

let base = ''
let folder = ''
let server: Server
let client: ServeClient
beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'millrace-serve-'))
  folder = path.join(base, 'documents')
  mkdirSync(folder)
  for (const file of files) copyFileSync(path.join(EXAMPLES, file), path.join(folder, file))
  server = await startServer(folder)
  client = await connectTo(server)
})
afterAll(async () => {
  client.leave()
  await server.stop()
  rmSync(base, { recursive: true })
})

/** Opens and compiles as the page does. */
async function specOf(file: string) {
  const opened = await client.shell.documents.open({ path: file })
  const { document } = readDocument(opened?.text ?? '', { kinds })
  const spec = document === undefined ? undefined : compile(document, { kinds }).spec
  if (opened === null || spec === undefined) throw new Error(`${file} does not compile`)
  return { spec, folder: opened.folder }
}

async function start(file: string, stop: { readonly type: 'end' | 'never' }): Promise<string> {
  const { runId } = await client.runtime.runs.start({
    ...(await specOf(file)),
    documentId: file,
    target: { type: 'sample' },
    armed: false,
    stop,
  })
  return runId
}

async function lastUpdate(runId: string): Promise<RunUpdate | undefined> {
  let last: RunUpdate | undefined
  for await (const update of await client.runtime.runs.watch({ runId })) last = update
  return last
}

test('the folder is listed', async () => {
  expect((await client.shell.documents.list()).map((document) => document.path).sort()).toEqual([...files].sort())
})

describe.each(files)('%s', (file) => {
  test('figures at the end are those that the command line sums up, and its rows are those of the command line', async () => {
    const runId = await start(file, { type: 'end' })
    const last = await lastUpdate(runId)
    expect(last?.state.type).toBe('ended')
    const headless = await millrace(['run', file, '--until-end', '--json'], { cwd: folder })
    const figures = (last?.figures?.nodes ?? []).map((node) =>
      [node.nodeId, node.in, node.out, node.removed, node.late, node.errors, node.setAside, node.skipped].map(String),
    )
    expect(figures).toEqual(summaryOf(headless.stderr))
    expect(figures.length).toBeGreaterThanOrEqual(3)
    const printed = headless.stdout.trimEnd().split('\n').map(printedRow)
    for (const sink of new Set(printed.map(({ node }) => node))) {
      const expected = printed.filter(({ node }) => node === sink).map(({ cells }) => cells)
      const { total, columns, rows } = await client.runtime.runs.rows({ runId, nodeId: sink, tab: 'in', limit: 5000 })
      expect(total, sink).toBe(expected.length)
      const rowsShown = rows.map(({ cells }) => Object.fromEntries(cells.map((cell, i) => [columns[i]?.name ?? '', cell])))
      expect(rowsShown.length, sink).toBeGreaterThanOrEqual(Math.min(total, 100))
      expect(rowsShown, sink).toEqual(expected.slice(-rowsShown.length))
    }
  })
})

/** A line of `--json`; numbers as they stand in the text, since a page gets them with all their digits. */
function printedRow(line: string): { readonly node: string; readonly cells: Readonly<Record<string, string | null>> } {
  const { node, row } = JSON.parse(line) as { readonly node: string; readonly row: Readonly<Record<string, unknown>> } // Our own output.
  return { node, cells: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : shown(value)])) }
}

/** As a cell shows a value: lists and rows in SQL's way, without quotes. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${Object.entries(value)
    .map(([name, field]) => `${name}: ${shown(field)}`)
    .join(', ')}}`
}

test('a page that goes leaves its run going, and one that comes finds it', async () => {
  const file = files[0] ?? ''
  const other = await connectTo(server)
  const { runId } = await other.runtime.runs.start({
    ...(await specOf(file)),
    documentId: 'left',
    target: { type: 'sample' },
    armed: false,
  })
  const watched = await other.runtime.runs.watch({ runId })
  await watched.next()
  other.leave()
  await new Promise((resolve) => setTimeout(resolve, 500))
  const found = (await client.runtime.runs.list()).find((run) => run.runId === runId)
  expect(found).toMatchObject({ documentId: 'left', state: { type: 'running' } })
  await client.runtime.runs.stop({ runId })
  expect((await lastUpdate(runId))?.state.type).toBe('stopped')
})

test('what the page asks for wrongly comes back as words, not as a stack', async () => {
  const { runtime, shell } = client
  const start = { spec: { rubbish: true }, documentId: 'x', target: { type: 'sample' as const }, armed: false, folder: '' }
  for (const call of [
    runtime.runs.start(start),
    runtime.runs.watch({ runId: 'no such run' }),
    runtime.data.sampleFile({ path: '/etc/passwd', limit: 10, folder: '' }),
    runtime.data.sampleFile({ path: '../../../etc/passwd', limit: 10, folder }),
    runtime.data.sampleFile({ path: 'x.csv', limit: 10, folder: '/etc' }),
    shell.documents.open({ path: 'nothing.millrace.json' }),
  ]) {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    const data: unknown = typeof error === 'object' && error !== null && 'data' in error ? error.data : undefined
    expect(data).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), message: expect.stringMatching(/^[^\n]+\.$/) })
    expect(data).not.toMatchObject({ code: 'UNEXPECTED' })
  }
  expect(server.said()).not.toMatch(/\n\s+at /)
})

test('a file that is dropped onto a page can be read by a step at once', async () => {
  const base64 = Buffer.from('name,amount\nada,1\nbob,2\n').toString('base64')
  const { path: stored } = await client.shell.files.upload({ name: 'dropped.csv', base64, folder })
  const sampled = await client.runtime.data.sampleFile({ path: stored, limit: 100, folder })
  expect(sampled.columns.map(({ name, type }) => [name, type])).toEqual([
    ['name', 'STRING'],
    ['amount', 'BIGINT'],
  ])
  expect(sampled.page.rows).toHaveLength(2)
  const unsaved = await client.shell.files.upload({ name: 'dropped.csv', base64 })
  expect(unsaved.path).toBe('dropped-2.csv')
  expect((await client.runtime.data.sampleFile({ path: unsaved.path, limit: 100, folder: '' })).page.rows).toHaveLength(2)
})

test('Ctrl+C in the middle of a run ends it in order; the page sees its last state', async () => {
  const own = path.join(base, 'own')
  mkdirSync(own)
  writeFileSync(path.join(own, 'note.txt'), '')
  const other = await startServer(own)
  const page = await connectTo(other)
  const { runId } = await page.runtime.runs.start({
    ...(await specOf(files[0] ?? '')),
    folder: own,
    documentId: 'x',
    target: { type: 'sample' },
    armed: false,
  })
  const states: string[] = []
  const watching = (async () => {
    for await (const update of await page.runtime.runs.watch({ runId })) states.push(update.state.type)
  })().catch(() => undefined)
  while (!states.includes('running')) await new Promise((resolve) => setTimeout(resolve, 50))
  const started = Date.now()
  expect(await other.stop()).toBe(0)
  expect(Date.now() - started).toBeLessThan(5000)
  await watching
  expect(states.at(-1)).toBe('stopped')
  expect(other.said()).toMatch(/Stopping: .*\nStopped\.\n$/)
})

/** The table that `millrace run` ends with, without its header. */
function summaryOf(stderr: string): string[][] {
  const lines = stderr.trimEnd().split('\n')
  const header = lines.findIndex((line) => /^\s+in\s+out\s+removed/.test(line))
  const end = lines.findIndex((line) => line.startsWith('Done after'))
  return lines.slice(header + 1, end).map((line) =>
    line
      .trim()
      .split(/\s+/)
      .map((cell) => cell.replaceAll(',', '')),
  )
}

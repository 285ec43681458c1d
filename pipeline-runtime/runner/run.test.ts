import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compile } from '../compiler/compile.ts'
import { kinds } from '../nodes/catalog.ts'
import { operators } from '../nodes/operators.ts'
import { readDocumentJson } from '../spec/read-document.ts'
import { runPipeline } from './run.ts'
import type { RunOptions } from './run-options.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-run-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const LINES = '{"n":1}\n{"n":2}\n'
const columns = [{ name: 'n', type: 'BIGINT' }]
const read = (id: string, file: string) => ({ id, kind: 'file-source', config: { path: file, columns } })
const write = (id: string, file: string) => ({ id, kind: 'file-sink', config: { path: file } })

function run(nodes: readonly { id: string; kind: string }[], edges: readonly string[], options: Partial<RunOptions> = {}) {
  const used = Object.fromEntries(nodes.map(({ kind }) => [kind, 1]))
  const pairs = edges.map((edge) => edge.split(' -> ')).map(([from, to]) => ({ from: `${from}.out`, to: `${to}.in` }))
  const { document } = readDocumentJson({ format: 1, kinds: used, name: 'Run', nodes, edges: pairs }, { kinds })
  const spec = document && compile(document, { kinds }).spec
  if (spec === undefined) throw new Error('The document is not valid.')
  const log = { info() {}, warn() {} }
  return runPipeline({ spec, kinds, operators, folder, allowedFolders: [], targets: new Map(), dataDir: folder, log, ...options })
}

test('a file that is read is not written, under whatever name', async () => {
  const input = path.join(folder, 'in.jsonl')
  writeFileSync(input, LINES)
  symlinkSync('in.jsonl', path.join(folder, 'link.jsonl'))
  for (const name of ['in.jsonl', './in.jsonl', 'link.jsonl']) {
    await expect(run([read('a', 'in.jsonl'), write('b', name)], ['a -> b'])).rejects.toMatchObject({
      code: 'FILE_USED_TWICE',
      message: `a reads the file ${name}, and b writes it. Give one of them another file.`,
    })
    expect(readFileSync(input, 'utf8')).toBe(LINES)
  }
})

test('two sinks do not write one file; two sources may read one', async () => {
  writeFileSync(path.join(folder, 'in.jsonl'), LINES)
  const sinks = [read('a', 'in.jsonl'), write('b', 'out.jsonl'), write('c', './out.jsonl')]
  await expect(run(sinks, ['a -> b', 'a -> c'])).rejects.toMatchObject({ code: 'FILE_USED_TWICE' })
  const sources = [read('a', 'in.jsonl'), read('b', 'in.jsonl'), { id: 'u', kind: 'union', config: {} }, write('c', 'out.jsonl')]
  expect((await run(sources, ['a -> u', 'b -> u', 'u -> c'])).outcome).toBe('ended')
  expect(readFileSync(path.join(folder, 'out.jsonl'), 'utf8').trim().split('\n')).toHaveLength(4)
})

test('a run that is stopped while the last of its input is processed does not say that it is done', async () => {
  writeFileSync(path.join(folder, 'in.jsonl'), '{"n":1}\n'.repeat(3_000))
  const stop = new AbortController()
  const options = { signal: stop.signal, onSinkRows: () => stop.abort() }
  const { outcome, metrics } = await run([read('a', 'in.jsonl'), write('b', 'out.jsonl')], ['a -> b'], options)
  expect(outcome).toBe('stopped')
  const processed = metrics.nodes.find(({ nodeId }) => nodeId === 'a')?.records ?? 0
  expect(processed).toBeLessThan(3_000)
  expect(readFileSync(path.join(folder, 'out.jsonl'), 'utf8').trim().split('\n')).toHaveLength(processed)
})

import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { millrace, ROOT } from '../e2e/command-line.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-bad-run-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const root = process.getuid?.() === 0

/** File → file; the paths are what the tests are about. */
function copying(name: string, from: string, to: string): string {
  const file = path.join(folder, `${name}.millrace.json`)
  const columns = [{ name: 'text', type: 'STRING' }]
  const document = {
    format: 1,
    kinds: { 'file-sink': 1, 'file-source': 1 },
    name,
    nodes: [
      { id: 'read', kind: 'file-source', config: { path: from, columns } },
      { id: 'write', kind: 'file-sink', config: { path: to } },
    ],
    edges: [{ from: 'read.out', to: 'write.in' }],
  }
  writeFileSync(file, JSON.stringify(document))
  return file
}

function input(rows: number): void {
  writeFileSync(path.join(folder, 'in.jsonl'), '{"text":"a line of some forty letters, more or less"}\n'.repeat(rows))
}

async function refused(args: readonly string[], sentence: RegExp, code = 2): Promise<void> {
  const finished = await millrace(args)
  expect(finished.stderr).toMatch(sentence)
  expect(finished.code).toBe(code)
  expect(finished.stderr).not.toMatch(/\n\s+at /)
}

test('a broker that is not there', async () => {
  const file = path.join(ROOT, 'pipeline-runtime/examples/purchases-per-country.millrace.json')
  await refused(['run', file, '--target', '127.0.0.1:1', '--data-dir', folder], /127\.0\.0\.1:1/)
})

test('a file that is not there, and one that is a folder', async () => {
  await refused(['run', copying('missing', 'nothing.jsonl', 'out.jsonl')], /nothing\.jsonl.* not there|no file.*nothing\.jsonl/i)
  mkdirSync(path.join(folder, 'sub'), { recursive: true })
  await refused(['run', copying('directory', 'sub', 'out.jsonl')], /sub.*is a (folder|directory)/i)
})

test('a path outside the folder of the document, unless it is allowed', async () => {
  input(1)
  const outside = mkdtempSync(path.join(os.tmpdir(), 'millrace-outside-'))
  try {
    const target = path.join(outside, 'out.jsonl')
    const file = copying('outside', 'in.jsonl', target)
    await refused(['run', file], /outside.*--allow-path/s)
    await refused(['run', copying('dots', '../in.jsonl', 'out.jsonl')], /outside/)
    expect(existsSync(target)).toBe(false)
    expect((await millrace(['run', file, '--allow-path', outside])).code).toBe(0)
    expect(readFileSync(target, 'utf8')).toContain('forty letters')
  } finally {
    rmSync(outside, { recursive: true })
  }
})

test('an output folder that may not be written', async (context) => {
  input(1)
  const readOnly = path.join(folder, 'read-only')
  mkdirSync(readOnly)
  if (root) {
    // Root may write everywhere but on a file system that is mounted so.
    if (!mount(readOnly, 'ro')) return context.skip()
  } else chmodSync(readOnly, 0o500)
  try {
    await refused(['run', copying('read-only', 'in.jsonl', 'read-only/out.jsonl')], /read-only\/out\.jsonl/)
  } finally {
    if (root) execFileSync('umount', [readOnly])
  }
})

test('a full disk: the run says so, and what was written before is there', async (context) => {
  input(20_000)
  const small = path.join(folder, 'small')
  mkdirSync(small)
  if (!root || !mount(small, 'size=256k')) return context.skip()
  try {
    await refused(
      ['run', copying('full', 'in.jsonl', 'small/out.jsonl')],
      /disk is full: small\/out\.jsonl could not be written to its end/,
    )
    expect(readFileSync(path.join(small, 'out.jsonl')).length).toBeGreaterThan(100_000)
  } finally {
    execFileSync('umount', [small])
  }
})

test('a record that cannot be decoded stops the run with its place, or is skipped and counted', async () => {
  writeFileSync(path.join(folder, 'in.jsonl'), '{"text":"fine"}\n{"text":\n{"text":"fine"}\n')
  const file = copying('broken', 'in.jsonl', 'out.jsonl')
  await refused(['run', file], /Line 2 of in\.jsonl stopped "read"/)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('"columns"', '"onError":"skip","columns"'))
  const finished = await millrace(['run', file])
  expect(finished.code).toBe(0)
  expect(readFileSync(path.join(folder, 'out.jsonl'), 'utf8')).toBe('{"text":"fine"}\n{"text":"fine"}\n')
})

test('a document opened from a folder that is full of other things is not confused', async () => {
  copyFileSync(path.join(ROOT, 'pipeline-runtime/examples/lying-sensor.millrace.json'), path.join(folder, 'copy.millrace.json'))
  writeFileSync(path.join(folder, 'connections.json'), 'rubbish')
  await refused(['run', path.join(folder, 'copy.millrace.json'), '--until-end'], /connections\.json is not JSON/, 1)
  rmSync(path.join(folder, 'connections.json'))
})

function mount(folder: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

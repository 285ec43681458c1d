import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkLayers } from '../../build/checks/layers.mjs'
import { projectFiles } from '../../build/checks/source-rules.mjs'

// Adds a node kind to a copy of the checkout exactly as CONTRIBUTING.md says: one folder, two list lines, `npm run generate`.

const KIND = 'every-nth'
const checkout = fileURLToPath(new URL('../..', import.meta.url))
const fixture = fileURLToPath(new URL(`./fixture/${KIND}`, import.meta.url))
const kindFolder = `pipeline-runtime/nodes/${KIND}`
const CATALOG = 'pipeline-runtime/nodes/catalog.ts'
const OPERATORS = 'pipeline-runtime/nodes/operators.ts'
const LISTS = [CATALOG, OPERATORS]

let copy = ''
let before = new Map<string, string>()

beforeAll(() => {
  copy = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'millrace-newcomer-')))
  for (const file of projectFiles(checkout)) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
    cpSync(path.join(checkout, file), path.join(copy, file), { preserveTimestamps: true })
  }
  symlinkSync(path.join(checkout, 'node_modules'), path.join(copy, 'node_modules'))
  // What is built already need not be built again; the build looks at what changed.
  if (existsSync(path.join(checkout, 'dist')))
    cpSync(path.join(checkout, 'dist'), path.join(copy, 'dist'), { recursive: true, preserveTimestamps: true })
  before = hashes()
})

afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('a new kind costs one folder and two list lines', async () => {
  cpSync(fixture, path.join(copy, kindFolder), { recursive: true })
  addToList(CATALOG, '] as const', "import { everyNth } from './every-nth/definition.ts'", 'everyNth')
  addToList(OPERATORS, '\n}', "import { everyNthOperator } from './every-nth/operator.ts'", "'every-nth': everyNthOperator")

  node('node_modules/typescript/bin/tsc', '-b', 'build/config/tsconfig.runtime.json')
  node('dist/build/generate/generate.js')
  const generated = node('dist/build/generate/generate.js', '--list').trim().split('\n')

  // The command line has it, and a pipeline runs with it.
  expect(node('build/millrace.mjs', 'nodes')).toContain(KIND)
  expect(rowsOf(pipeline())).toEqual([2, 4, 6, 8, 10])

  // The suites that run over every kind take it in, and its own test and the layers hold.
  const tests = node(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'build/config/vitest.config.ts',
    '--project',
    'unit',
    'conformance/node-kinds',
    'test/migrations',
    `nodes/${KIND}`,
  )
  expect(tests).toMatch(/Test Files +3 passed/)
  const { violations } = await checkLayers(copy)
  expect(violations.filter(({ from }) => from.startsWith(kindFolder) || LISTS.includes(from))).toEqual([])

  const changed = changedFiles()
  expect(changed).toEqual(expect.arrayContaining([...LISTS, `docs/reference/nodes/${KIND}.md`]))
  const unexpected = changed.filter((file) => !file.startsWith(`${kindFolder}/`) && !LISTS.includes(file) && !generated.includes(file))
  expect(unexpected).toEqual([])
})

/** An import below the others, and an entry at the end of the list: what an editor does with two keystrokes. */
function addToList(file: string, listEnd: string, importLine: string, entry: string): void {
  const target = path.join(copy, file)
  const text = readFileSync(target, 'utf8').replace(/(?:^import .*\n)+/m, (imports) => `${imports}${importLine}\n`)
  const end = text.indexOf(listEnd)
  expect(end).toBeGreaterThan(0)
  const list = text.slice(0, end).trimEnd()
  writeFileSync(target, list.endsWith(',') ? `${list}\n  ${entry},\n${text.slice(end).trimStart()}` : `${list}, ${entry}${text.slice(end)}`)
}

function pipeline(): string {
  const folder = path.join(copy, '..', `${path.basename(copy)}-documents`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'rows.jsonl'), Array.from({ length: 11 }, (_, i) => `{"n":${i + 1}}\n`).join(''))
  const document = {
    format: 1,
    kinds: { [KIND]: 1, 'file-source': 1, 'table-sink': 1 },
    name: 'Every second row',
    nodes: [
      {
        id: 'rows',
        kind: 'file-source',
        config: { path: 'rows.jsonl', format: { type: 'json' }, columns: [{ name: 'n', type: 'BIGINT' }] },
      },
      { id: 'second', kind: KIND, config: { every: 2 } },
      { id: 'shown', kind: 'table-sink' },
    ],
    edges: [
      { from: 'rows.out', to: 'second.in' },
      { from: 'second.out', to: 'shown.in' },
    ],
  }
  const file = path.join(folder, 'every-second.millrace.json')
  writeFileSync(file, JSON.stringify(document))
  return file
}

function rowsOf(document: string): unknown[] {
  try {
    const lines = node('build/millrace.mjs', 'run', document, '--until-end', '--json').trim().split('\n')
    return lines.map((line) => (JSON.parse(line) as { row: { n: number } }).row.n)
  } finally {
    rmSync(path.dirname(document), { recursive: true, force: true })
  }
}

/** Runs Node in the copy; answers stdout, throws with all output where it fails. */
function node(...args: readonly string[]): string {
  const env = { ...process.env, NO_COLOR: '1', MILLRACE_TEST_RESULTS: undefined, VITEST: undefined, NODE_ENV: undefined }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env, maxBuffer: 64 << 20 })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`)
  return stdout
}

function hashes(): Map<string, string> {
  const files = listFiles()
  return new Map(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(path.join(copy, file)))
        .digest('hex'),
    ]),
  )
}

/** The copy is no git repository: all files but what is made. */
function listFiles(): readonly string[] {
  return projectFiles(copy)
}

function changedFiles(): string[] {
  const after = hashes()
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((file) => before.get(file) !== after.get(file)).sort()
}

import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { millrace, ROOT, startMillrace } from './command-line.ts'

const EXAMPLES = path.join(ROOT, 'pipeline-runtime/examples')
const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.millrace.json'))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-gallery-'))
  for (const file of files) copyFileSync(path.join(EXAMPLES, file), path.join(folder, file))
})
afterAll(() => rmSync(folder, { recursive: true }))

const inFolder = (...args: string[]) => millrace(args, { cwd: folder })

describe.each(files)('%s', (file) => {
  test('twice the same bytes, from the document and from its spec; opened again it is the document', async () => {
    expect(await inFolder('compile', file, '-o', 'spec.json')).toMatchObject({ code: 0 })
    const [first, second, fromSpec] = [
      await inFolder('run', file, '--until-end', '--json'),
      await inFolder('run', file, '--until-end', '--json'),
      await inFolder('run', 'spec.json', '--until-end', '--json'),
    ]
    expect(first.stderr).toMatch(/^On sample data: nothing binds /)
    expect(first.code).toBe(0)
    const lines = first.stdout.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThanOrEqual(10)
    for (const line of lines) expect(Object.keys(JSON.parse(line))).toEqual(['node', 'row'])
    expect(second.stdout).toBe(first.stdout)
    expect(fromSpec.stdout).toBe(first.stdout)
    expect((await inFolder('open', 'spec.json')).stdout).toBe(readFileSync(path.join(folder, file), 'utf8'))
  })
})

test('a changed expectation fails with a difference that names node, row and column', async () => {
  expect(await inFolder('test', ...files)).toMatchObject({ code: 0, stdout: expect.stringMatching(/\b0 failed\n$/) })
  const text = readFileSync(path.join(folder, 'purchases-per-country.millrace.json'), 'utf8')
  writeFileSync(path.join(folder, 'changed.millrace.json'), text.replace('"revenue": 10.5', '"revenue": 11.5'))
  const changed = await inFolder('test', 'changed.millrace.json')
  expect(changed.code).toBe(2)
  expect(changed.stdout).toContain('FAILED changed.millrace.json: only paid purchases count')
  expect(changed.stdout).toContain('spending: row 1, column revenue: expected 11.5, got 10.5')
})

test('live sample data begins 15 minutes ago and plays fast; an interrupted run says so and exits 130', async () => {
  const { child, finished } = startMillrace(['run', 'purchases-per-country.millrace.json', '--json'], { cwd: folder })
  const first = await new Promise<string>((resolve) => child.stdout?.once('data', resolve))
  child.kill('SIGINT')
  const { code, stderr } = await finished
  expect(code).toBe(130)
  expect(stderr).toContain('Stopped after')
  const { row } = JSON.parse(first.split('\n')[0] ?? '') as { row: { window_start: string } }
  const ageMs = Date.now() - Date.parse(row.window_start)
  expect(ageMs).toBeGreaterThan(13 * 60_000)
  expect(ageMs).toBeLessThan(17 * 60_000)
})

test('lists of kinds and functions, for people and for programs', async () => {
  expect((await inFolder('nodes')).stdout).toMatch(/^kafka-source +read +Read a topic$/m)
  const kinds = JSON.parse((await inFolder('nodes', '--json')).stdout) as { kind: string; config: { type: string } }[]
  expect(kinds.map(({ kind }) => kind)).toContain('window-aggregate')
  for (const { config } of kinds) expect(config.type).toBe('object')
  expect((await inFolder('sql-functions')).stdout).toMatch(/^UPPER /m)
  const functions = JSON.parse((await inFolder('sql-functions', '--json')).stdout) as { name: string }[]
  expect(functions.length).toBeGreaterThan(40)
})

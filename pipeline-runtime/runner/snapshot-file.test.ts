import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineSnapshot } from '../engine/snapshot.ts'
import { forgetRunsOn, SnapshotFile } from './snapshot-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-snapshot-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// What stands in the engine's part is the engine's business.
const saved = {
  savedVersion: 1,
  specHash: 'abc',
  engine: { any: 1 } as unknown as EngineSnapshot,
  fileLengths: { 'out.jsonl': 12 },
  endOffsets: [],
} as const

test('what was written is read back; a half-written successor changes nothing', () => {
  const file = new SnapshotFile(folder, 'millrace-shop', '127.0.0.1:9092')
  expect(file.read()).toBeUndefined()
  file.write(saved)
  writeFileSync(`${file.file}.new`, '{"savedVersion":1,"spe')
  expect(file.read()).toEqual(saved)
  file.write({ ...saved, specHash: 'def' })
  expect(file.read()?.specHash).toBe('def')
  expect(readdirSync(file.folder)).toEqual(['snapshot.json'])
})

test('a damaged state stops the run with a reason', () => {
  const file = new SnapshotFile(folder, 'p', 't')
  file.write(saved)
  writeFileSync(file.file, 'rubbish')
  expect(() => file.read()).toThrow(/is damaged.*Move it away/)
})

test('a lock of a living process refuses, one of a dead process does not', () => {
  const file = new SnapshotFile(folder, 'p', 't')
  const release = file.lock()
  expect(() => file.lock()).toThrow(/is running already, in process/)
  release()
  const lockFile = path.join(file.folder, 'lock')
  writeFileSync(lockFile, '{"pid":999999999}')
  file.lock()()
  // The number of a process that is another one by now.
  writeFileSync(lockFile, JSON.stringify({ pid: process.ppid, began: 'long ago' }))
  if (existsSync('/proc/self/stat')) expect(() => file.lock()()).not.toThrow()
  writeFileSync(lockFile, 'rubbish')
  expect(() => file.lock()).not.toThrow()
})

test.skipIf(!existsSync('/proc/self/stat'))(
  'a lock of a process that was killed and whose parent has not noticed refuses nobody',
  async () => {
    const file = new SnapshotFile(folder, 'p', 't')
    file.lock()()
    // The parent becomes another program, which asks for no child.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 20'], { stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer] // of a pipe
      const pid = Number(line.toString())
      while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await new Promise((resolve) => setTimeout(resolve, 5))
      writeFileSync(path.join(file.folder, 'lock'), JSON.stringify({ pid }))
      expect(() => file.lock()()).not.toThrow()
    } finally {
      parent.kill()
    }
  },
)

test('what runs remember of one cluster is forgotten, and of no other', () => {
  const [here, there] = ['127.0.0.1:19092', '127.0.0.1:190921'].map((target) => new SnapshotFile(folder, 'p', target))
  here?.lock()()
  there?.lock()()
  forgetRunsOn(folder, '127.0.0.1:19092')
  expect(existsSync(here?.folder ?? '')).toBe(false)
  expect(existsSync(there?.folder ?? '')).toBe(true)
  forgetRunsOn(path.join(folder, 'nothing-here'), 'x')
})

test('a folder that cannot be used is said in words', () => {
  const plain = path.join(folder, 'plain')
  writeFileSync(plain, '')
  expect(() => new SnapshotFile(plain, 'p', 't').lock()).toThrow(/cannot be used \(ENOTDIR\)\. Choose another one with --data-dir/)
})

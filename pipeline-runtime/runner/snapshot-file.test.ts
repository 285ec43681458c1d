import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineSnapshot } from '../engine/snapshot.ts'
import { SnapshotFile } from './snapshot-file.ts'

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

test('a folder that cannot be used is said in words', () => {
  const plain = path.join(folder, 'plain')
  writeFileSync(plain, '')
  expect(() => new SnapshotFile(plain, 'p', 't').lock()).toThrow(/cannot be used \(ENOTDIR\)\. Choose another one with --data-dir/)
})

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDocumentFile, writeDocumentFile } from './document-files.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-files-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('what was written is read, with the same revision', async () => {
  const file = path.join(folder, 'a.millrace.json')
  const revision = await writeDocumentFile(file, '{"ä": 1}\n', { overwrite: false })
  expect(await readDocumentFile(file)).toEqual({ text: '{"ä": 1}\n', revision })
  expect(readdirSync(folder)).toEqual(['a.millrace.json'])
})

test('rights of a file stay, and so does a link that leads to it', async () => {
  const file = path.join(folder, 'shared.millrace.json')
  const link = path.join(folder, 'link.millrace.json')
  writeFileSync(file, 'old')
  chmodSync(file, 0o640)
  symlinkSync('shared.millrace.json', link)
  await writeDocumentFile(link, 'new', { overwrite: true })
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(statSync(file).mode & 0o777).toBe(0o640)
})

test('a full disk: words, the old document, no leftovers', async (context) => {
  const small = path.join(folder, 'small')
  mkdirSync(small)
  if (!mount(small, 'size=64k')) return context.skip()
  try {
    const file = path.join(small, 'a.millrace.json')
    await writeDocumentFile(file, 'old', { overwrite: true })
    await expect(writeDocumentFile(file, 'x'.repeat(200_000), { overwrite: true })).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/disk is full: .*a\.millrace\.json could not be written.*untouched/),
    })
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(small)).toEqual(['a.millrace.json'])
  } finally {
    execFileSync('umount', [small])
  }
})

test('a disk that can only be read: words, the old document', async (context) => {
  const fixed = path.join(folder, 'fixed')
  mkdirSync(fixed)
  if (!mount(fixed, 'size=64k')) return context.skip()
  try {
    const file = path.join(fixed, 'a.millrace.json')
    writeFileSync(file, 'old')
    execFileSync('mount', ['-o', 'remount,ro', fixed])
    await expect(writeDocumentFile(file, 'new', { overwrite: true })).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
      message: expect.stringContaining('can only be read'),
    })
    expect(readFileSync(file, 'utf8')).toBe('old')
  } finally {
    execFileSync('umount', [fixed])
  }
})

test('a pipe in place of a document is refused, not waited for', async (context) => {
  const pipe = path.join(folder, 'pipe.millrace.json')
  try {
    execFileSync('mkfifo', [pipe], { stdio: 'ignore' })
  } catch {
    return context.skip()
  }
  await expect(readDocumentFile(pipe)).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' })
}, 5000)

/** Root only. */
function mount(at: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRouterClient, ORPCError } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refuseInWords } from '../refusal.ts'
import { DocumentFolder } from './document-folder.ts'
import { folderShell } from './folder-shell.ts'
import { recentDocuments } from './recent-documents.ts'

let base = ''
let root = ''
const unexpected: unknown[] = []

beforeEach(() => {
  base = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'millrace-shell-')))
  root = path.join(base, 'documents')
  mkdirSync(root)
  unexpected.length = 0
})
afterEach(() => {
  rmSync(base, { recursive: true })
  expect(unexpected).toEqual([])
})

async function shell(environment: Readonly<Record<string, string>> = {}) {
  const folder = await DocumentFolder.of(root)
  const router = folderShell({ folder, recent: recentDocuments(path.join(base, 'data/recent.json')), version: '1.2.3', environment })
  return createRouterClient(router, { interceptors: [refuseInWords((error) => unexpected.push(error))] })
}

function put(name: string, content: string | Buffer = '{}'): string {
  const file = path.join(root, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
  return file
}

async function refusal(call: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ORPCError)) throw new Error(`no refusal, but ${String(error)}`)
  expect(error.data).toMatchObject({ code: error.code, message: error.message })
  return { code: error.code, message: error.message }
}

test('the list has the documents below the folder, the newest first, without what is hidden or installed', async () => {
  for (const name of [
    'a.millrace.json',
    'deep/er/b.millrace.json',
    '.git/c.millrace.json',
    'node_modules/d.millrace.json',
    'deep/e.json',
    '.f.millrace.json',
  ])
    put(name)
  put('g.millrace.json/inside.millrace.json')
  put(`${'x/'.repeat(12)}too-deep.millrace.json`)
  symlinkSync('/', path.join(root, 'everything'))
  const listed = await (await shell()).documents.list()
  expect(listed.map((document) => document.path).sort()).toEqual([
    'a.millrace.json',
    'deep/er/b.millrace.json',
    'g.millrace.json/inside.millrace.json',
  ])
  expect(listed.find(({ path: at }) => at.startsWith('deep'))).toMatchObject({ name: 'b.millrace.json', modifiedMs: expect.any(Number) })
})

test('a document is opened with the folder that its files are relative to', async () => {
  put('team/a.millrace.json', '\ufeff{"ä": 1}')
  expect(await (await shell()).documents.open({ path: 'team/a.millrace.json' })).toEqual({
    path: 'team/a.millrace.json',
    name: 'a.millrace.json',
    folder: path.join(root, 'team'),
    text: '{"ä": 1}',
    revision: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})

test('what cannot be opened says why', async () => {
  const { documents } = await shell()
  put('big.millrace.json', Buffer.alloc(20 * 1024 * 1024, 32))
  put('picture.millrace.json', Buffer.from([0x89, 0x50, 0xff, 0xfe]))
  mkdirSync(path.join(root, 'folder.millrace.json'))
  expect(await refusal(documents.open({ path: 'big.millrace.json' }))).toEqual({
    code: 'DOCUMENT_TOO_LARGE',
    message: expect.stringContaining('big.millrace.json has 20.0 MB, and a document may have 10 MB.'),
  })
  expect(await refusal(documents.open({ path: 'picture.millrace.json' }))).toMatchObject({ code: 'DOCUMENT_NOT_TEXT' })
  expect(await refusal(documents.open({ path: 'folder.millrace.json' }))).toMatchObject({ code: 'DOCUMENT_IS_FOLDER' })
  expect(await refusal(documents.open({ path: 'gone.millrace.json' }))).toMatchObject({ code: 'DOCUMENT_MISSING' })
  expect(await refusal(documents.open({ path: 'big.millrace.json/x.millrace.json' }))).toMatchObject({ code: 'DOCUMENT_MISSING' })
  expect(await refusal(documents.open({ path: 'notes.txt' }))).toMatchObject({ code: 'NOT_A_DOCUMENT' })
  expect(await refusal(documents.open({ path: 'a\0.millrace.json' }))).toMatchObject({ code: 'PATH_INVALID' })
  expect(await refusal(documents.open({ path: `${'a'.repeat(5000)}.millrace.json` }))).toMatchObject({ code: 'PATH_INVALID' })
  expect(await refusal(documents.open({ path: '' }))).toMatchObject({ code: 'WRONG_INPUT' })
})

test('no path leads out of the folder, also not by a link', async () => {
  const { documents, files } = await shell()
  writeFileSync(path.join(base, 'secret.millrace.json'), 'secret')
  mkdirSync(path.join(base, 'documents-of-others'))
  writeFileSync(path.join(base, 'documents-of-others/a.millrace.json'), 'secret')
  symlinkSync(path.join(base, 'secret.millrace.json'), path.join(root, 'link.millrace.json'))
  symlinkSync(base, path.join(root, 'up'))
  symlinkSync(path.join(base, 'new.millrace.json'), path.join(root, 'dangling.millrace.json'))
  const outside = [
    '../secret.millrace.json',
    'x/../../secret.millrace.json',
    '../documents-of-others/a.millrace.json',
    path.join(base, 'secret.millrace.json'),
    'link.millrace.json',
    'up/secret.millrace.json',
    'up/new.millrace.json',
    'dangling.millrace.json',
  ]
  for (const at of outside) {
    expect(await refusal(documents.open({ path: at })), at).toMatchObject({ code: 'OUTSIDE_FOLDER' })
    expect(await refusal(documents.save({ path: at, text: '{}' })), at).toMatchObject({ code: 'OUTSIDE_FOLDER' })
    expect(await refusal(documents.saveAs({ path: at, suggestedName: 'x', text: '{}', overwrite: true })), at).toMatchObject({
      code: 'OUTSIDE_FOLDER',
    })
  }
  for (const folder of [base, path.join(root, 'up'), '/', path.join(root, '..')])
    expect(await refusal(files.upload({ name: 'a.csv', base64: '', folder })), folder).toMatchObject({ code: 'OUTSIDE_FOLDER' })
  expect(readdirSync(base).sort()).toEqual(['documents', 'documents-of-others', 'secret.millrace.json'])
  expect(readFileSync(path.join(base, 'secret.millrace.json'), 'utf8')).toBe('secret')
})

test('saving notices that somebody else changed the file, and overwrites when asked to', async () => {
  const { documents } = await shell()
  const file = put('a.millrace.json', 'mine')
  const opened = await documents.open({ path: 'a.millrace.json' })
  const saved = await documents.save({ path: 'a.millrace.json', text: 'mine 2', revision: opened?.revision ?? '' })
  expect(saved.revision).not.toBe(opened?.revision)
  writeFileSync(file, 'theirs')
  expect(await refusal(documents.save({ path: 'a.millrace.json', text: 'mine 3', revision: saved.revision }))).toMatchObject({
    code: 'DOCUMENT_CHANGED',
    message: expect.stringContaining('a.millrace.json was changed by another program'),
  })
  expect(readFileSync(file, 'utf8')).toBe('theirs')
  await documents.save({ path: 'a.millrace.json', text: 'mine 3' })
  expect(readFileSync(file, 'utf8')).toBe('mine 3')
  rmSync(file)
  await documents.save({ path: 'a.millrace.json', text: 'mine 4', revision: saved.revision })
  expect(readFileSync(file, 'utf8')).toBe('mine 4')
})

test('save as takes a free name, and another document only when that was asked for', async () => {
  const { documents } = await shell()
  put('taken.millrace.json', 'theirs')
  const ask = { suggestedName: 'taken.millrace.json', text: 'mine' }
  expect(await documents.saveAs({ ...ask, path: 'new.millrace.json' })).toMatchObject({ path: 'new.millrace.json', folder: root })
  expect(await refusal(documents.saveAs({ ...ask, path: 'taken.millrace.json' }))).toMatchObject({ code: 'DOCUMENT_EXISTS' })
  expect(readFileSync(path.join(root, 'taken.millrace.json'), 'utf8')).toBe('theirs')
  await documents.saveAs({ ...ask, path: 'taken.millrace.json', overwrite: true })
  expect(readFileSync(path.join(root, 'taken.millrace.json'), 'utf8')).toBe('mine')
  expect(await refusal(documents.saveAs({ ...ask, path: 'taken.json', overwrite: true }))).toMatchObject({ code: 'NOT_A_DOCUMENT' })
  expect(await refusal(documents.saveAs({ ...ask, path: 'x/.millrace.json' }))).toMatchObject({ code: 'NOT_A_DOCUMENT' })
  expect(await refusal(documents.saveAs({ ...ask, path: 'nowhere/a.millrace.json' }))).toMatchObject({
    code: 'NOT_WRITABLE',
    message: expect.stringContaining('nowhere is not there'),
  })
  expect(await refusal(documents.saveAs({ ...ask, path: 'b.millrace.json', text: 'x'.repeat(11 << 20) }))).toMatchObject({
    code: 'DOCUMENT_TOO_LARGE',
  })
})

test('recent documents: newest first, of this folder, without those that are gone', async () => {
  const { documents } = await shell()
  const names = Array.from({ length: 15 }, (_, index) => `doc-${String(index).padStart(2, '0')}.millrace.json`)
  for (const name of names) {
    put(name)
    await documents.open({ path: name })
  }
  await documents.save({ path: 'doc-07.millrace.json', text: '{}' })
  rmSync(path.join(root, 'doc-13.millrace.json'))
  const elsewhere = path.join(base, 'elsewhere.millrace.json')
  writeFileSync(elsewhere, '{}')
  await recentDocuments(path.join(base, 'data/recent.json')).add(elsewhere)
  const recent = (await documents.recent()).map((document) => document.path)
  expect(recent.slice(0, 4)).toEqual(['doc-07.millrace.json', 'doc-14.millrace.json', 'doc-12.millrace.json', 'doc-11.millrace.json'])
  expect(recent).toHaveLength(10)
  writeFileSync(path.join(base, 'data/recent.json'), 'rubbish')
  expect(await documents.recent()).toEqual([])
})

test('an uploaded file comes to stand beside the document, under a free name without a way', async () => {
  const { files } = await shell()
  mkdirSync(path.join(root, 'team'))
  const base64 = Buffer.from('a,b\n1,2\n').toString('base64')
  const upload = async (name: string, folder?: string) =>
    (await files.upload({ name, base64, ...(folder === undefined ? {} : { folder }) })).path
  expect(await upload('orders.csv', path.join(root, 'team'))).toBe('orders.csv')
  expect(readFileSync(path.join(root, 'team/orders.csv'), 'utf8')).toBe('a,b\n1,2\n')
  expect(await upload('orders.csv', path.join(root, 'team'))).toBe('orders-2.csv')
  expect(await upload('orders.csv')).toBe('orders.csv')
  expect(await upload('../../orders.csv')).toBe('orders-2.csv')
  expect(await upload('C:\\data\\Größe <1>.JSONL')).toBe('Größe _1_.JSONL')
  expect(await upload('..hidden.txt')).toBe('hidden.txt')
  for (const name of ['run.sh', 'index.html', '.csv', 'orders', 'x.millrace', '..', 'a.csv/'])
    expect(await refusal(files.upload({ name, base64 })), name).toMatchObject({ code: 'FILE_KIND' })
  expect(await refusal(files.upload({ name: 'a.csv', base64: 'not base64!' }))).toMatchObject({ code: 'UPLOAD_DAMAGED' })
  expect(readdirSync(base).sort()).toEqual(['documents'])
})

test('an export never overwrites', async () => {
  const { documents } = await shell()
  put('rows.csv', 'theirs')
  expect(await documents.exportText({ suggestedName: 'rows.csv', text: 'mine' })).toEqual({ path: 'rows-2.csv' })
  expect(await documents.exportText({ suggestedName: 'a/b.spec.json', text: '{}' })).toEqual({ path: 'b.spec.json' })
  expect(readFileSync(path.join(root, 'rows.csv'), 'utf8')).toBe('theirs')
  expect(await refusal(documents.exportText({ suggestedName: 'rows.exe', text: '' }))).toMatchObject({ code: 'FILE_KIND' })
})

test('connections stand in connections.json, and what the screen does not know stays in it', async () => {
  const file = put(
    'connections.json',
    JSON.stringify({
      shop: { kind: 'kafka', bootstrap: '${env:SHOP}:9092' },
      demo: { kind: 'sample' },
      lake: { kind: 's3', bucket: 'x' },
      bad: { kind: 'kafka' },
    }),
  )
  const { connections } = await shell({ SHOP: 'shop.example' })
  const shop = { name: 'shop', kind: 'kafka' as const, config: { bootstrap: 'shop.example:9092' } }
  expect(await connections.list()).toEqual([shop])
  await connections.save(shop)
  await Promise.all(['a', 'b', 'c'].map((name) => connections.save({ name, kind: 'kafka', config: { bootstrap: `${name}:1` } })))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    shop: { kind: 'kafka', bootstrap: '${env:SHOP}:9092' },
    demo: { kind: 'sample' },
    lake: { kind: 's3', bucket: 'x' },
    bad: { kind: 'kafka' },
    a: { kind: 'kafka', bootstrap: 'a:1' },
    b: { kind: 'kafka', bootstrap: 'b:1' },
    c: { kind: 'kafka', bootstrap: 'c:1' },
  })
  await connections.remove({ name: 'a' })
  await connections.save({ ...shop, config: { bootstrap: 'other:9092' } })
  const after = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  expect(Object.keys(after)).not.toContain('a')
  expect(after.shop).toEqual({ kind: 'kafka', bootstrap: 'other:9092' })
  expect(await refusal(connections.save({ name: 'Shop!', kind: 'kafka', config: { bootstrap: 'a:1' } }))).toMatchObject({
    code: 'WRONG_INPUT',
  })
})

test('a connections.json that is broken is left alone', async () => {
  const { connections } = await shell()
  expect(await connections.list()).toEqual([])
  const file = put('connections.json', '{ "shop": ')
  expect(await refusal(connections.list())).toMatchObject({ code: 'CONNECTIONS_INVALID' })
  expect(await refusal(connections.save({ name: 'a', kind: 'kafka', config: { bootstrap: 'a:1' } }))).toMatchObject({
    code: 'CONNECTIONS_INVALID',
  })
  expect(readFileSync(file, 'utf8')).toBe('{ "shop": ')
})

test('events stay open until the page goes', async () => {
  const leaving = new AbortController()
  const events = await (await shell()).events(undefined, { signal: leaving.signal })
  const next = events.next()
  const first = await Promise.race([next, new Promise((resolve) => setTimeout(() => resolve('quiet'), 100))])
  expect(first).toBe('quiet')
  leaving.abort()
  await expect(next).resolves.toMatchObject({ done: true })
  expect(existsSync(path.join(root, 'connections.json'))).toBe(false)
})

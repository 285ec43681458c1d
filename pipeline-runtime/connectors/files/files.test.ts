import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { valueBytes } from '../../data/log-records.ts'
import type { LogEvent } from '../log-port.ts'
import { allowedPath } from './allowed-path.ts'
import { type FileReader, openFileReader } from './file-reader.ts'
import { openFileWriter } from './file-writer.ts'

let folder = ''
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'millrace-files-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => path.join(folder, name)
const bytesOf = (text: string) => new TextEncoder().encode(text)
const recordsOf = (...values: readonly (string | null)[]) =>
  values.map((value) => ({ key: null, value: value === null ? null : bytesOf(value), timestamp: 0 }))
const codeOf = async (work: () => unknown) => {
  try {
    await work()
  } catch (error) {
    return error as { code: string; message: string }
  }
  return { code: 'none', message: '' }
}

async function drain(reader: FileReader) {
  const events: LogEvent[] = []
  for (let polls = 0; polls < 10_000 && events.at(-1)?.type !== 'ended'; polls++) events.push(...(await reader.poll(0)))
  await reader.close()
  const batches = events.flatMap((event) => (event.type === 'records' ? [event.records] : []))
  const rows = batches.flatMap((records) =>
    Array.from(
      { length: records.count },
      (_, i) => [records.offsets[i], new TextDecoder().decode(valueBytes(records, i) ?? undefined)] as const,
    ),
  )
  return { events, batches, rows }
}

describe('reading a file', { timeout: 30_000 }, () => {
  const json = { type: 'json' }

  test('lines are records: offset the line number, time 0, one partition, then the end', async () => {
    writeFileSync(inFolder('a.json'), '\ufeff{"a":1}\r\n\n{"a":2}\n{"a":3}')
    const reader = await openFileReader({ path: 'data/a.json', absolute: inFolder('a.json'), format: json })
    const { events, batches, rows } = await drain(reader)
    expect(rows).toEqual([
      [1, '{"a":1}'],
      [3, '{"a":2}'],
      [4, '{"a":3}'],
    ])
    expect(events.map(({ type, topic, partition }) => [type, topic, partition])).toEqual([
      ['assigned', 'data/a.json', 0],
      ['records', 'data/a.json', 0],
      ['ended', 'data/a.json', 0],
    ])
    expect([...(batches[0]?.timestamps ?? [])]).toEqual([0, 0, 0])
    expect(reader.progress()).toEqual({ bytesRead: 28, totalBytes: 28 })
    expect(await reader.poll(0)).toEqual([])
  })

  test('any chunks give the same records, quoted line breaks too, and it goes on from any of them', async () => {
    const text = 'a,b\n1,"x\ny"\n"2",""""\n\n3,"\r\n"\r\n4,z'
    writeFileSync(inFolder('a.csv'), text)
    const open = (chunkBytes: number, position?: number) =>
      openFileReader({ path: 'a.csv', absolute: inFolder('a.csv'), format: { type: 'csv' }, chunkBytes, position })
    const whole = (await drain(await open(1000))).rows
    expect(whole).toEqual([
      [1, 'a,b'],
      [2, '1,"x\ny"'],
      [4, '"2",""""'],
      [5, ''],
      [6, '3,"\r\n"'],
      [8, '4,z'],
    ])
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), async (chunk, position) => {
        const { rows, batches } = await drain(await open(chunk, position))
        expect(rows).toEqual(whole.filter(([line]) => (line ?? 0) >= position))
        for (const { offsets, count, nextOffset } of batches) expect(nextOffset).toBeGreaterThan(offsets[count - 1] ?? 0)
      }),
      { numRuns: 60 },
    )
  })

  test('a big file comes in batches of at most 1,000', async () => {
    writeFileSync(inFolder('big.json'), Array.from({ length: 12_345 }, (_, i) => `{"i":${i},"pad":"${'x'.repeat(40)}"}\n`).join(''))
    const reader = await openFileReader({ path: 'big.json', absolute: inFolder('big.json'), format: json })
    await reader.poll(0)
    await reader.poll(0)
    const { bytesRead, totalBytes } = reader.progress()
    expect(bytesRead).toBeLessThan(totalBytes / 2)
    const { batches } = await drain(reader)
    expect(Math.max(...batches.map(({ count }) => count))).toBe(1000)
    expect(batches.at(-1)?.nextOffset).toBe(12_346)
    expect(reader.highWatermarks()).toEqual([{ topic: 'big.json', partition: 0, offset: 12_346 }])
  })

  test('an empty file ends', async () => {
    writeFileSync(inFolder('empty.csv'), '')
    const { events } = await drain(await openFileReader({ path: 'empty.csv', absolute: inFolder('empty.csv'), format: { type: 'csv' } }))
    expect(events.map(({ type }) => type)).toEqual(['assigned', 'ended'])
  })

  test('a file that is missing, a folder, or no ordinary file says so', async () => {
    const open = (name: string) => codeOf(() => openFileReader({ path: name, absolute: path.resolve(folder, name), format: json }))
    expect(await open('no.json')).toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: "The file no.json is not there. Paths are relative to the document's folder.",
    })
    expect(await open('.')).toMatchObject({ code: 'FILE_IS_DIRECTORY' })
    expect(await open('/dev/null')).toMatchObject({ code: 'FILE_NOT_READABLE' })
  })

  test('a file that shrinks while it is read stops the run', async () => {
    writeFileSync(inFolder('a.json'), '{"a":1}\n'.repeat(1000))
    const reader = await openFileReader({ path: 'a.json', absolute: inFolder('a.json'), format: json, chunkBytes: 512 })
    await reader.poll(0)
    await reader.poll(0)
    truncateSync(inFolder('a.json'), 100)
    expect(await codeOf(() => drain(reader))).toMatchObject({ code: 'FILE_TRUNCATED' })
    await reader.close()
  })

  test('a file that grows while it is read ends where it ended', async () => {
    writeFileSync(inFolder('a.json'), '{"a":1}\n')
    const reader = await openFileReader({ path: 'a.json', absolute: inFolder('a.json'), format: json })
    writeFileSync(inFolder('a.json'), '{"a":2}\n', { flag: 'a' })
    expect((await drain(reader)).rows).toEqual([[1, '{"a":1}']])
  })

  test('a quote never closed does not fill the memory', async () => {
    writeFileSync(inFolder('a.csv'), `a\n"${'x\n'.repeat(9 * 1024 * 1024)}`)
    const reader = await openFileReader({ path: 'a.csv', absolute: inFolder('a.csv'), format: { type: 'csv' } })
    expect(await codeOf(() => drain(reader))).toMatchObject({ code: 'RECORD_TOO_LARGE', message: expect.stringContaining('line 2') })
    await reader.close()
  })
})

describe('writing a file', () => {
  test('starts it anew, header once, a line a row, and says how much is safe', async () => {
    writeFileSync(inFolder('out.csv'), 'old content')
    const writer = await openFileWriter({ path: 'out.csv', absolute: inFolder('out.csv'), header: bytesOf('a,b') })
    expect(writer.length).toBe(0)
    await writer.append(recordsOf('1,2', null, '3,4'))
    expect(writer.length).toBe(0)
    await writer.flush()
    expect(readFileSync(inFolder('out.csv'), 'utf8')).toBe('a,b\n1,2\n3,4\n')
    expect(writer.length).toBe(12)
    await writer.close()
  })

  test('goes on from a saved length: what stood behind it is cut off, no second header', async () => {
    const first = await openFileWriter({ path: 'out.csv', absolute: inFolder('out.csv'), header: bytesOf('a') })
    await first.append(recordsOf('1'))
    await first.flush()
    const { length } = first
    await first.append(recordsOf('lost'))
    await first.close()
    writeFileSync(inFolder('out.csv'), 'half a ro', { flag: 'a' })
    const second = await openFileWriter({ path: 'out.csv', absolute: inFolder('out.csv'), header: bytesOf('a'), length })
    expect(second.length).toBe(length)
    await second.append(recordsOf('2'))
    await second.flush()
    await second.close()
    expect(readFileSync(inFolder('out.csv'), 'utf8')).toBe('a\n1\n2\n')
  })

  test('a file that is gone or shorter than it was cannot be gone on with', async () => {
    writeFileSync(inFolder('out.csv'), 'ab')
    expect(await codeOf(() => openFileWriter({ path: 'out.csv', absolute: inFolder('out.csv'), length: 5 }))).toMatchObject({
      code: 'FILE_CHANGED',
    })
    expect(await codeOf(() => openFileWriter({ path: 'no.csv', absolute: inFolder('no.csv'), length: 5 }))).toMatchObject({
      code: 'FILE_CHANGED',
    })
  })

  test('much data goes out in order, rows longer than the buffer too, also when nobody waits', async () => {
    const writer = await openFileWriter({ path: 'out', absolute: inFolder('out') })
    const rows = Array.from({ length: 3000 }, (_, i) => `${i}:${'x'.repeat(i === 1500 ? 700_000 : i % 400)}`)
    const appends: Promise<void>[] = []
    for (let i = 0; i < rows.length; i += 100) appends.push(writer.append(recordsOf(...rows.slice(i, i + 100))))
    await writer.flush()
    await Promise.all(appends)
    await writer.close()
    expect(readFileSync(inFolder('out'), 'utf8') === `${rows.join('\n')}\n`).toBe(true)
  })

  test('says what is in the way and what to do', async () => {
    const open = (absolute: string) => codeOf(() => openFileWriter({ path: 'x', absolute }))
    expect(await open(folder)).toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      message: 'x is a folder, so no file can be written there; choose another path.',
    })
    expect(await open(inFolder('no/x'))).toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      message: expect.stringContaining('Create the folder first'),
    })
  })

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written', async () => {
    mkdirSync(inFolder('closed'))
    chmodSync(inFolder('closed'), 0o500)
    expect(await codeOf(() => openFileWriter({ path: 'x', absolute: inFolder('closed/x') }))).toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      message: expect.stringContaining('EACCES'),
    })
  })

  test.skipIf(!existsSync('/dev/full'))('a full disk, and every later call says the same', async () => {
    const writer = await openFileWriter({ path: 'out.csv', absolute: '/dev/full' })
    await writer.append(recordsOf('1'))
    for (const work of [() => writer.flush(), () => writer.append(recordsOf('2')), () => writer.flush()]) {
      expect(await codeOf(work)).toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('out.csv') })
    }
    expect(writer.length).toBe(0)
    await writer.close()
  })
})

describe('paths of a document', () => {
  const allowed = (documentPath: string, ...allowedFolders: string[]) =>
    codeOf(() => Promise.reject({ code: 'ok', message: allowedPath(documentPath, inFolder('doc'), allowedFolders) }))
  beforeEach(() => {
    mkdirSync(inFolder('doc/sub'), { recursive: true })
    mkdirSync(inFolder('other'))
  })

  test('lie in its folder, there or not yet', async () => {
    writeFileSync(inFolder('doc/a.csv'), '')
    for (const name of ['a.csv', './sub/../a.csv', 'new.csv', 'sub/deep/new.csv', '..hidden']) {
      expect(await allowed(name)).toEqual({ code: 'ok', message: path.resolve(folder, 'doc', name) })
    }
    expect(await allowed(inFolder('doc/a.csv'))).toMatchObject({ code: 'ok' })
  })

  test('outside of it are refused, unless allowed', async () => {
    for (const name of ['../other/x.csv', '..', inFolder('other/x.csv'), '/etc/passwd', 'sub/../../other/x.csv', '../doc2/x']) {
      expect(await allowed(name)).toMatchObject({ code: 'PATH_OUTSIDE_FOLDER', message: expect.stringContaining(name) })
    }
    expect(await allowed('../other/x.csv', inFolder('other'))).toMatchObject({ code: 'ok', message: inFolder('other/x.csv') })
    expect(await allowed('../other2/x.csv', inFolder('other'))).toMatchObject({ code: 'PATH_OUTSIDE_FOLDER' })
    expect(await allowed('../other/x.csv')).toMatchObject({ message: expect.stringContaining(`--allow-path ${inFolder('other')}`) })
  })

  test('links that lead out are refused, those to nothing as well', async () => {
    symlinkSync(inFolder('other'), inFolder('doc/link'))
    symlinkSync(inFolder('other/not-yet.csv'), inFolder('doc/dangling'))
    symlinkSync('sub/inner.csv', inFolder('doc/inside'))
    symlinkSync(inFolder('doc/loop'), inFolder('doc/loop'))
    expect(await allowed('link/x.csv')).toMatchObject({ code: 'PATH_OUTSIDE_FOLDER', message: expect.stringContaining('link leads to') })
    expect(await allowed('link/x.csv', inFolder('other'))).toMatchObject({ code: 'ok' })
    expect(await allowed('dangling')).toMatchObject({ code: 'PATH_OUTSIDE_FOLDER' })
    expect(await allowed('inside')).toEqual({ code: 'ok', message: inFolder('doc/sub/inner.csv') })
    expect(await allowed('loop')).toMatchObject({ code: 'PATH_INVALID' })
  })

  test('a document folder that is itself a link', async () => {
    symlinkSync(inFolder('doc'), inFolder('doc-link'))
    expect(allowedPath('a.csv', inFolder('doc-link'), [])).toBe(inFolder('doc/a.csv'))
  })

  test('no path at all', async () => {
    expect(await allowed('')).toMatchObject({ code: 'PATH_INVALID' })
    expect(await allowed('a\0b')).toMatchObject({ code: 'PATH_INVALID' })
  })
})

import { open } from 'node:fs/promises'
import { openFileReader } from '../connectors/files/file-reader.ts'
import { LogError } from '../connectors/log-port.ts'
import { type LogRecord, type LogRecords, valueBytes } from '../data/log-records.ts'
import type { FormatConfig } from '../formats/formats.ts'
import { guessFormat } from '../formats/guess-format.ts'
import type { SampledRows } from '../rpc/runtime-api.ts'
import { Refusal } from './refusal.ts'
import { sampledRows } from './sampled-rows.ts'

const GUESSED_FROM_BYTES = 256 * 1024

/** The first rows of a file, its format guessed from its first lines where it is not given. */
export async function sampleFile(
  file: { readonly path: string; readonly absolute: string },
  options: { readonly format?: FormatConfig | undefined; readonly limit: number },
): Promise<SampledRows> {
  const { path, absolute } = file
  try {
    // Opened first, since it says best what is wrong with a file.
    const probe = await openFileReader({ path, absolute, format: { type: 'json' } })
    await probe.close()
    const format = options.format ?? (await guessOf(path, absolute))
    const names = format.type === 'csv' && format.header ? 1 : 0
    const records = await firstRecords(path, absolute, format, options.limit + names)
    if (records.length === 0) throw new Refusal('FILE_EMPTY', `The file ${path} is empty, so nothing can be read from it.`)
    return sampledRows({ name: path, records, isFile: true, format })
  } catch (error) {
    if (error instanceof LogError) throw new Refusal(error.code, error.message, { cause: error })
    throw error
  }
}

async function guessOf(path: string, absolute: string): Promise<FormatConfig> {
  const lines = await firstLines(absolute)
  const [first = new Uint8Array(0)] = lines
  if (/^\s*\[/.test(new TextDecoder().decode(first.subarray(0, 20)))) {
    throw new Refusal('JSON_LIST', `${path} holds one JSON list. Write one object on each line instead (JSON lines).`)
  }
  const format = guessFormat(lines, true)
  if (format !== undefined) return format
  throw new Refusal('NOT_TEXT', `${path} is neither CSV nor JSON: it holds bytes that are no text. Save a spreadsheet as CSV first.`)
}

/** Without the last one, which may be cut. */
async function firstLines(absolute: string): Promise<Uint8Array[]> {
  const handle = await open(absolute, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(GUESSED_FROM_BYTES), 0, GUESSED_FROM_BYTES, 0)
    const lines: Uint8Array[] = []
    let start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0
    for (let i = start; i <= bytesRead && lines.length < 200; i++) {
      const atEnd = i === bytesRead
      if (!atEnd && buffer[i] !== 10) continue
      if (atEnd && bytesRead === GUESSED_FROM_BYTES && lines.length > 0) break
      const end = i > start && buffer[i - 1] === 13 ? i - 1 : i
      if (end > start) lines.push(new Uint8Array(buffer.subarray(start, end)))
      start = i + 1
    }
    return lines
  } finally {
    await handle.close()
  }
}

async function firstRecords(path: string, absolute: string, format: FormatConfig, limit: number) {
  const reader = await openFileReader({ path, absolute, format })
  const records: (LogRecord & { readonly partition: number })[] = []
  try {
    for (let ended = false; !ended && records.length < limit; ) {
      for (const event of await reader.poll(0)) {
        if (event.type === 'ended') ended = true
        if (event.type === 'records') records.push(...linesOf(event.records))
      }
    }
  } finally {
    await reader.close()
  }
  return records.slice(0, limit)
}

/** Empty lines are no rows. */
function linesOf(records: LogRecords) {
  return Array.from({ length: records.count }, (_, i) => ({
    partition: 0,
    offset: records.offsets[i] ?? 0,
    timestamp: 0,
    key: null,
    value: valueBytes(records, i),
  })).filter(({ value }) => value !== null && value.length > 0)
}

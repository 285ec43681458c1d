import { type FileHandle, open, stat } from 'node:fs/promises'
import type { LogRecords } from '../../data/log-records.ts'
import type { FramedRecords, Framer } from '../../formats/format.ts'
import { formatNamed } from '../../formats/formats.ts'
import { type CommitOutcome, LogError, type LogEvent, type LogReader, type TopicPosition } from '../log-port.ts'
import { readError } from './file-errors.ts'

const CHUNK_BYTES = 128 * 1024
const BATCH_RECORDS = 1000
const MAX_RECORD_BYTES = 16 * 1024 * 1024

export interface FileReadOptions {
  /** As the document has it; the topic of the records. */
  readonly path: string
  readonly absolute: string
  /** A format's options, parsed or not. */
  readonly format: { readonly type: string }
  /** Line number of the first record to hand out; the ones before are passed over. */
  readonly position?: number | undefined
  /** For tests. */
  readonly chunkBytes?: number | undefined
}

export interface FileReader extends LogReader {
  progress(): { readonly bytesRead: number; readonly totalBytes: number }
}

/**
 * Reads a file as a log of one partition: a record's offset is the number of the line on which it starts, its timestamp 0. Ends
 * at the size that the file has when it is opened, so that a file that grows meanwhile does not keep a run from ending.
 */
export async function openFileReader(options: FileReadOptions): Promise<FileReader> {
  const { path, absolute } = options
  const format = formatNamed(options.format.type)
  if (format === undefined) throw new LogError('UNKNOWN_FORMAT', `${path}: there is no format ${options.format.type}.`, { topic: path })
  const framer = format.framer(format.options.parse(options.format))
  let handle: FileHandle | undefined
  try {
    const found = await stat(absolute)
    if (found.isDirectory()) throw new LogError('FILE_IS_DIRECTORY', `${path} is a folder, not a file.`, { topic: path })
    // Opening a pipe would wait for its writer.
    if (!found.isFile()) throw new LogError('FILE_NOT_READABLE', `${path} is not an ordinary file.`, { topic: path })
    handle = await open(absolute, 'r')
    return new OpenFileReader(path, handle, (await handle.stat()).size, framer, options.position ?? 1, options.chunkBytes ?? CHUNK_BYTES)
  } catch (error) {
    await handle?.close()
    throw error instanceof LogError ? error : readError(path, error)
  }
}

class OpenFileReader implements FileReader {
  private readonly path: string
  private readonly handle: FileHandle
  private readonly totalBytes: number
  private readonly framer: Framer
  private readonly firstLine: number
  private readonly chunkBytes: number
  private bytesRead = 0
  private nextLine = 1
  private position: number
  /** Bytes of a record whose end was not read yet. */
  private held = new Uint8Array(0)
  private state: 'new' | 'reading' | 'ended' | 'closed' = 'new'

  constructor(path: string, handle: FileHandle, totalBytes: number, framer: Framer, firstLine: number, chunkBytes: number) {
    this.path = path
    this.handle = handle
    this.totalBytes = totalBytes
    this.framer = framer
    this.firstLine = firstLine
    this.position = firstLine
    this.chunkBytes = chunkBytes
  }

  progress() {
    return { bytesRead: this.bytesRead, totalBytes: this.totalBytes }
  }

  async poll(): Promise<readonly LogEvent[]> {
    const place = { topic: this.path, partition: 0 }
    switch (this.state) {
      case 'new':
        this.state = 'reading'
        return [{ type: 'assigned', ...place, offset: this.firstLine }]
      case 'reading': {
        const batches = await this.readBatches()
        const events = batches.map((records): LogEvent => ({ type: 'records', ...place, records, highWatermark: records.nextOffset }))
        return this.atEnd() ? [...events, { type: 'ended', ...place }] : events
      }
      default:
        return []
    }
  }

  /** Reads until there is at least one record to hand out, or the end. */
  private async readBatches(): Promise<LogRecords[]> {
    for (;;) {
      const { data, length } = await this.readChunk()
      const atEnd = this.bytesRead >= this.totalBytes
      const framed: FramedRecords = { starts: [], ends: [], lines: [] }
      const { consumed, nextLine } = this.framer.cut(data, length, atEnd, this.nextLine, framed)
      this.held = data.slice(consumed, length)
      this.nextLine = nextLine
      // Only the first record of a chunk can be longer than one, since what was held is in it.
      if (this.held.length > MAX_RECORD_BYTES) throw tooLarge(this.path, nextLine)
      if ((framed.ends[0] ?? 0) - (framed.starts[0] ?? 0) > MAX_RECORD_BYTES) throw tooLarge(this.path, framed.lines[0] ?? 0)
      const batches = this.batchesOf(data, framed)
      if (atEnd) this.state = 'ended'
      if (batches.length > 0 || atEnd) return batches
    }
  }

  /** What was held and the next chunk behind it, in a buffer of its own that batches may keep. */
  private async readChunk(): Promise<{ data: Uint8Array; length: number }> {
    const { held } = this
    // What is held doubles with each chunk that does not complete it, so that a long record is not looked through chunk by chunk.
    const wanted = Math.min(Math.max(this.chunkBytes, held.length), this.totalBytes - this.bytesRead)
    const data = new Uint8Array(held.length + wanted)
    data.set(held)
    let length = held.length
    while (length < data.length) {
      const { bytesRead } = await this.handle.read(data, length, data.length - length, this.bytesRead).catch((error: unknown) => {
        throw readError(this.path, error)
      })
      if (bytesRead === 0) {
        throw new LogError(
          'FILE_TRUNCATED',
          `${this.path} became shorter while it was read: ${this.totalBytes} bytes at first, ${this.bytesRead} now. Run again when nothing writes to it.`,
          {
            topic: this.path,
          },
        )
      }
      length += bytesRead
      this.bytesRead += bytesRead
    }
    return { data, length }
  }

  private batchesOf(data: Uint8Array, framed: FramedRecords): LogRecords[] {
    const { starts, ends, lines } = framed
    const total = starts.length
    let from = 0
    while (from < total && (lines[from] as number) < this.firstLine) from++
    const batches: LogRecords[] = []
    for (; from < total; from += BATCH_RECORDS) {
      const to = Math.min(from + BATCH_RECORDS, total)
      const count = to - from
      const nextOffset = lines[to] ?? this.nextLine
      this.position = nextOffset
      const offsets = new Float64Array(count)
      const valueStarts = new Int32Array(count)
      const valueEnds = new Int32Array(count)
      for (let i = 0; i < count; i++) {
        offsets[i] = lines[from + i] as number
        valueStarts[i] = starts[from + i] as number
        valueEnds[i] = ends[from + i] as number
      }
      const noKeys = new Int32Array(count).fill(-1)
      const timestamps = new Float64Array(count)
      batches.push({
        count,
        data,
        offsets,
        timestamps,
        keyStarts: noKeys,
        keyEnds: noKeys,
        valueStarts,
        valueEnds,
        headers: undefined,
        nextOffset,
      })
    }
    return batches
  }

  private atEnd(): boolean {
    return this.state === 'ended'
  }

  async commit(): Promise<CommitOutcome> {
    return 'committed'
  }

  highWatermarks(): readonly TopicPosition[] {
    return [{ topic: this.path, partition: 0, offset: this.position }]
  }

  async close(): Promise<void> {
    if (this.state === 'closed') return
    this.state = 'closed'
    this.held = new Uint8Array(0)
    await this.handle.close()
  }
}

function tooLarge(path: string, line: number): LogError {
  const size = MAX_RECORD_BYTES / 1024 / 1024
  return new LogError(
    'RECORD_TOO_LARGE',
    `${path}: the row that starts on line ${line} is longer than ${size} MB. Is a line break missing, or a quote never closed?`,
    {
      topic: path,
    },
  )
}

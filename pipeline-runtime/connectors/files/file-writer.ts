import { type FileHandle, open } from 'node:fs/promises'
import { errorCode } from '../../data/error-code.ts'
import type { OutgoingRecord } from '../../engine/operator.ts'
import { LogError } from '../log-port.ts'
import { writeError } from './file-errors.ts'

const BUFFER_BYTES = 256 * 1024
const LINE_FEED = 10

export interface FileWriteOptions {
  /** As the document has it, for messages. */
  readonly path: string
  readonly absolute: string
  /** Goes in front of the first row. */
  readonly header?: Uint8Array | undefined
  /** To go on with a file: the length at the last commit; what stands behind it is cut off. Without it the file starts empty. */
  readonly length?: number | undefined
}

/** Appends rows to a file, one a line, by the bytes of `value`; a record without value writes nothing. */
export interface FileWriter {
  /** Bytes that are written and synced: what `flush` has made safe. */
  readonly length: number
  /** Resolves when there is room for more. */
  append(records: readonly OutgoingRecord[]): Promise<void>
  /** Resolves when everything appended so far is on the disk. */
  flush(): Promise<void>
  /** Lets go of the file. What was appended since the last `flush` may be lost. */
  close(): Promise<void>
}

export async function openFileWriter(options: FileWriteOptions): Promise<FileWriter> {
  const { path, absolute, header, length } = options
  let handle: FileHandle | undefined
  try {
    handle = await open(absolute, length === undefined ? 'w' : 'r+')
    if (length !== undefined) await cutTo(handle, path, length)
    const writer = new OpenFileWriter(path, handle, length ?? 0)
    if (header !== undefined && (length ?? 0) === 0) writer.put(header)
    return writer
  } catch (error) {
    await handle?.close()
    throw error instanceof LogError ? error : length !== undefined && isMissing(error) ? changed(path, 'is gone') : writeError(path, error)
  }
}

async function cutTo(handle: FileHandle, path: string, length: number): Promise<void> {
  const { size } = await handle.stat()
  if (size < length) throw changed(path, `has ${size} bytes, fewer than the ${length} that were written before`)
  if (size > length) await handle.truncate(length)
}

function changed(path: string, what: string): LogError {
  return new LogError('FILE_CHANGED', `The run cannot go on where it stopped: ${path} ${what}. Put the file back, or start over.`, {
    topic: path,
  })
}

function isMissing(error: unknown): boolean {
  return errorCode(error) === 'ENOENT'
}

class OpenFileWriter implements FileWriter {
  private readonly path: string
  private readonly handle: FileHandle
  private buffer = new Uint8Array(BUFFER_BYTES)
  private used = 0
  private written: number
  private synced: number
  private dirty = false
  /** Calls run one after the other. */
  private tail: Promise<void> = Promise.resolve()
  private failure: unknown
  private closed = false

  constructor(path: string, handle: FileHandle, length: number) {
    this.path = path
    this.handle = handle
    this.written = length
    this.synced = length
  }

  get length(): number {
    return this.synced
  }

  append(records: readonly OutgoingRecord[]): Promise<void> {
    return this.inTurn(async () => {
      for (const { value } of records) {
        if (value === null) continue
        if (this.used + value.length + 1 > BUFFER_BYTES) await this.writeOut()
        this.put(value)
      }
      if (this.used >= BUFFER_BYTES) await this.writeOut()
    })
  }

  flush(): Promise<void> {
    return this.inTurn(async () => {
      await this.writeOut()
      if (!this.dirty) return
      await this.handle.datasync()
      this.dirty = false
      this.synced = this.written
    })
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    await this.tail.catch(() => undefined)
    await this.handle.close()
  }

  /** Adds a line to the buffer, which grows for one that is longer. */
  put(line: Uint8Array): void {
    const ended = line[line.length - 1] === LINE_FEED
    const needed = this.used + line.length + (ended ? 0 : 1)
    if (needed > this.buffer.length) {
      const wider = new Uint8Array(needed)
      wider.set(this.buffer.subarray(0, this.used))
      this.buffer = wider
    }
    this.buffer.set(line, this.used)
    if (!ended) this.buffer[needed - 1] = LINE_FEED
    this.used = needed
  }

  private async writeOut(): Promise<void> {
    let at = 0
    while (at < this.used) {
      const { bytesWritten } = await this.handle.write(this.buffer, at, this.used - at, this.written)
      at += bytesWritten
      this.written += bytesWritten
      this.dirty = true
    }
    this.used = 0
    if (this.buffer.length > BUFFER_BYTES) this.buffer = new Uint8Array(BUFFER_BYTES)
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.tail.then(async () => {
      if (this.failure !== undefined) throw this.failure
      if (this.closed) throw new LogError('FILE_NOT_WRITABLE', `${this.path} is closed.`, { topic: this.path })
      try {
        await work()
      } catch (error) {
        this.failure = writeError(this.path, error)
        throw this.failure
      }
    })
    this.tail = result.catch(() => undefined)
    return result
  }
}

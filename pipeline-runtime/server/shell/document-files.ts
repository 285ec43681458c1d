import { createHash } from 'node:crypto'
import { constants, type FileHandle, open, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../../data/error-code.ts'
import { Refusal } from '../refusal.ts'
import { replaceFile } from './replace-file.ts'

export const DOCUMENT_LIMIT = 10 * 1024 * 1024

export interface DocumentFile {
  readonly text: string
  /** Of the content; `writeDocumentFile` compares it with what stands there then. */
  readonly revision: string
}

/** The text of a document. Every way in which there is none is a `Refusal` in words. */
export async function readDocumentFile(file: string): Promise<DocumentFile> {
  const bytes = await readBytes(file)
  return { text: decoded(bytes, file), revision: revisionOf(bytes) }
}

export interface WriteOptions {
  /** The revision that the writer knows: where the file has another one by now, it is not overwritten. */
  readonly revision?: string | undefined
  /** Whether a file may stand there. */
  readonly overwrite: boolean
}

/** Writes a whole document, so that after a crash or on a full disk the old one still stands. Returns the new revision. */
export async function writeDocumentFile(file: string, text: string, { revision, overwrite }: WriteOptions): Promise<string> {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length > DOCUMENT_LIMIT) throw tooLarge(path.basename(file), bytes.length)
  // Through a link the file itself is written; the link stays.
  const target = await realpath(file).catch(() => file)
  const there = await stat(target).catch(() => undefined)
  if (there?.isDirectory()) throw new Refusal('DOCUMENT_IS_FOLDER', `${file} is a folder. Choose another name.`)
  if (there !== undefined && !overwrite) throw new Refusal('DOCUMENT_EXISTS', `${path.basename(file)} is there already.`)
  if (there !== undefined && revision !== undefined) await checkRevision(target, revision)
  await replaceFile(target, bytes)
  return revisionOf(bytes)
}

async function checkRevision(file: string, revision: string): Promise<void> {
  if (revisionOf(await readBytes(file)) === revision) return
  throw new Refusal(
    'DOCUMENT_CHANGED',
    `${path.basename(file)} was changed by another program since it was opened here. Save under another name, or overwrite what stands there.`,
  )
}

async function readBytes(file: string): Promise<Buffer> {
  let handle: FileHandle
  try {
    // Not blocking: a pipe in place of a document would wait for a writer for ever.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    throw notRead(file, error)
  }
  try {
    const found = await handle.stat()
    if (found.isDirectory()) throw new Refusal('DOCUMENT_IS_FOLDER', `${file} is a folder, not a document.`)
    if (!found.isFile()) throw new Refusal('DOCUMENT_UNREADABLE', `${file} is no ordinary file.`)
    if (found.size > DOCUMENT_LIMIT) throw tooLarge(path.basename(file), found.size)
    return await handle.readFile()
  } catch (error) {
    throw error instanceof Refusal ? error : notRead(file, error)
  } finally {
    await handle.close()
  }
}

function decoded(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Refusal('DOCUMENT_NOT_TEXT', `${path.basename(file)} is not text in UTF-8, so it is no Millrace document.`, { cause: error })
  }
}

function revisionOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function tooLarge(name: string, bytes: number): Refusal {
  const size = (bytes / (1024 * 1024)).toFixed(1)
  return new Refusal(
    'DOCUMENT_TOO_LARGE',
    `${name} has ${size} MB, and a document may have ${DOCUMENT_LIMIT / (1024 * 1024)} MB. Data does not belong into a document: let a step read it from a file.`,
  )
}

function notRead(file: string, error: unknown): Refusal {
  const code = errorCode(error)
  const reasons: Readonly<Record<string, readonly [code: string, message: string]>> = {
    ENOENT: ['DOCUMENT_MISSING', `${file} is not there (any more).`],
    ENOTDIR: ['DOCUMENT_MISSING', `${file} is not there (any more).`],
    EISDIR: ['DOCUMENT_IS_FOLDER', `${file} is a folder, not a document.`],
    EACCES: ['DOCUMENT_UNREADABLE', `${file} may not be read with your rights.`],
    EPERM: ['DOCUMENT_UNREADABLE', `${file} may not be read with your rights.`],
  }
  const [reason, message] = reasons[code] ?? ['DOCUMENT_UNREADABLE', `${file} cannot be read (${code}).`]
  return new Refusal(reason, message, { cause: error })
}

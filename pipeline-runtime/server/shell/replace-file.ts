import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { errorCode } from '../../data/error-code.ts'
import { Refusal } from '../refusal.ts'

/** Writes a whole file, so that after a crash or on a full disk the old one still stands. Its rights stay as they are. */
export async function replaceFile(target: string, bytes: Buffer): Promise<void> {
  const temporary = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.new`)
  const mode = await stat(target).then(
    (found) => found.mode,
    () => undefined,
  )
  try {
    const handle = await open(temporary, 'wx', 0o666)
    try {
      if (mode !== undefined) await handle.chmod(mode & 0o7777)
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw notWritten(target, error)
  }
  await syncFolder(path.dirname(target))
}

/** A rename is on the disk when its folder is; where folders cannot be synced (Windows), the system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } catch {
    // The file itself is written.
  } finally {
    await handle?.close()
  }
}

/** Why a file could not be written; what stood there before still does. */
export function notWritten(file: string, error: unknown): Refusal {
  const code = errorCode(error)
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: `The disk is full: ${file} could not be written. Free room and save again; what stood there is untouched.`,
    EDQUOT: `Your quota is used up: ${file} could not be written. Free room and save again; what stood there is untouched.`,
    EROFS: `${file} is on a disk that can only be read. Save under another name elsewhere.`,
    EACCES: `${file} may not be written with your rights. Save under another name, or change the rights of the folder.`,
    EPERM: `${file} may not be written with your rights. Save under another name, or change the rights of the folder.`,
    ENOENT: `The folder ${path.dirname(file)} is not there. Save under another name.`,
    ENOTDIR: `${path.dirname(file)} is not a folder. Save under another name.`,
    ENAMETOOLONG: `The name ${path.basename(file)} is too long for this disk. Choose a shorter one.`,
  }
  return new Refusal(
    code === 'ENOSPC' || code === 'EDQUOT' ? 'DISK_FULL' : 'NOT_WRITABLE',
    reasons[code] ?? `${file} cannot be written (${code}).`,
    {
      cause: error,
    },
  )
}

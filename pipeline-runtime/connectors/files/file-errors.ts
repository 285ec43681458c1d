import { errorCode } from '../../data/error-code.ts'
import { LogError } from '../log-port.ts'

/** Why a file cannot be read, as a sentence; `error` is what Node's file functions threw. */
export function readError(path: string, error: unknown): LogError {
  const code = errorCode(error)
  const options = { topic: path, cause: error }
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new LogError('FILE_NOT_FOUND', `The file ${path} is not there. Paths are relative to the document's folder.`, options)
    case 'EISDIR':
      return new LogError('FILE_IS_DIRECTORY', `${path} is a folder, not a file.`, options)
    case 'EACCES':
    case 'EPERM':
      return new LogError('FILE_NOT_READABLE', `The file ${path} may not be read by this user; change its permissions.`, options)
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'ESTALE':
      return new LogError(
        'FILE_GONE',
        `The file ${path} went away while it was read (${code}). Was its disk or network drive taken off? Run again when it is back.`,
        options,
      )
    default:
      return new LogError('FILE_NOT_READABLE', `The file ${path} cannot be read (${code}).`, options)
  }
}

export function writeError(path: string, error: unknown): LogError {
  const code = errorCode(error)
  const options = { topic: path, cause: error }
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new LogError(
        'FILE_NOT_WRITABLE',
        `The file ${path} cannot be made: its folder is not there. Create the folder first.`,
        options,
      )
    case 'EISDIR':
      return new LogError('FILE_NOT_WRITABLE', `${path} is a folder, so no file can be written there; choose another path.`, options)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new LogError(
        'FILE_NOT_WRITABLE',
        `The file ${path} may not be written (${code}); change the permissions of it and its folder, or choose another path.`,
        options,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return new LogError('DISK_FULL', `The disk is full: ${path} could not be written to its end. Free some space and run again.`, options)
    default:
      return new LogError('FILE_NOT_WRITABLE', `The file ${path} cannot be written (${code}).`, options)
  }
}

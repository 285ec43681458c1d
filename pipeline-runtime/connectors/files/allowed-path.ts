import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { LogError } from '../log-port.ts'

const MOST_LINKS = 40

/**
 * The absolute path of a path in a document, which is relative to the document's folder. What lies outside of it, also by way of a
 * link, is refused unless it lies in one of the allowed folders: opening a stranger's document must not read or overwrite a file.
 */
export function allowedPath(documentPath: string, folder: string, allowedFolders: readonly string[]): string {
  if (documentPath === '' || documentPath.includes('\0'))
    throw new LogError('PATH_INVALID', `${JSON.stringify(documentPath)} is not the path of a file.`)
  const target = realTarget(path.resolve(folder, documentPath), documentPath)
  if ([folder, ...allowedFolders].some((allowed) => isWithin(target, realTarget(path.resolve(allowed), allowed)))) return target
  const asked = path.dirname(path.resolve(folder, documentPath))
  const link = isWithin(path.resolve(folder, documentPath), path.resolve(folder)) ? `, as a link leads to ${target}` : ''
  throw new LogError(
    'PATH_OUTSIDE_FOLDER',
    `${documentPath} lies outside of the document's folder${link}. If that is meant, allow it with --allow-path ${link === '' ? asked : path.dirname(target)}.`,
    { topic: documentPath },
  )
}

function isWithin(target: string, folder: string): boolean {
  const relative = path.relative(folder, target)
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
}

/** Where a path leads in the end, links followed; of what is not there yet, where it would come to be. */
function realTarget(absolute: string, documentPath: string, links = 0): string {
  try {
    return realpathSync(absolute)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // fs throws nothing else
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || links > MOST_LINKS) {
      throw new LogError('PATH_INVALID', `${documentPath} cannot be followed to a file (${code}).`, { topic: documentPath, cause: error })
    }
  }
  const parent = path.dirname(absolute)
  if (parent === absolute) return absolute
  const realParent = realTarget(parent, documentPath, links)
  const link = linkTarget(absolute)
  if (link !== undefined) return realTarget(path.resolve(realParent, link), documentPath, links + 1)
  return path.join(realParent, path.basename(absolute))
}

/** What a link that leads to nothing names; undefined where there is no link. */
function linkTarget(absolute: string): string | undefined {
  try {
    return lstatSync(absolute).isSymbolicLink() ? readlinkSync(absolute) : undefined
  } catch {
    return undefined
  }
}

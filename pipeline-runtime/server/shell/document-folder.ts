import { open, readdir, realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { allowedPath } from '../../connectors/files/allowed-path.ts'
import { LogError } from '../../connectors/log-port.ts'
import { errorCode } from '../../data/error-code.ts'
import { DOCUMENT_ENDING, type ListedDocument } from '../../rpc/shell-api.ts'
import { Refusal } from '../refusal.ts'
import { notWritten } from './replace-file.ts'

const DEEPEST = 8
const MOST = 1000
const NO_DOCUMENTS_IN = new Set(['node_modules'])
const DATA_ENDINGS = ['.csv', '.tsv', '.json', '.jsonl', '.ndjson', '.txt']
const EXPORT_ENDINGS = [...DATA_ENDINGS, '.md', '.sql']

/** One folder of documents, as `millrace serve` shows it: paths are relative to it, and none leads out, also not by a link. */
export class DocumentFolder {
  /** Absolute, links followed. */
  readonly root: string

  private constructor(root: string) {
    this.root = root
  }

  static async of(folder: string): Promise<DocumentFolder> {
    return new DocumentFolder(await realpath(folder))
  }

  /** All documents below, the newest first. */
  async list(): Promise<readonly ListedDocument[]> {
    const found: ListedDocument[] = []
    await this.collect('', 0, found)
    return found.sort((a, b) => b.modifiedMs - a.modifiedMs || (a.path < b.path ? -1 : 1))
  }

  /** The absolute path of a document that the page names. */
  document(relative: string): string {
    if (!relative.endsWith(DOCUMENT_ENDING) || path.basename(relative) === DOCUMENT_ENDING)
      throw new Refusal('NOT_A_DOCUMENT', `${relative} is not the name of a document: those end in ${DOCUMENT_ENDING}.`)
    return this.inside(relative)
  }

  /** How the page knows a file. */
  relative(absolute: string): string {
    return path.relative(this.root, absolute).split(path.sep).join('/')
  }

  /** Stores a data file beside a document (`folder` absolute, '' for the folder itself), under a free name. Returns its absolute path. */
  async storeData(name: string, bytes: Buffer, folder: string): Promise<string> {
    return writeUnderFreeName(folder === '' ? this.root : this.inside(folder), fileName(name, DATA_ENDINGS), bytes)
  }

  /** Stores what the page made, under a free name. */
  async storeExport(name: string, text: string): Promise<string> {
    return writeUnderFreeName(this.root, fileName(name, EXPORT_ENDINGS), Buffer.from(text, 'utf8'))
  }

  /** The absolute path, links followed. */
  private inside(relative: string): string {
    try {
      return allowedPath(relative, this.root, [])
    } catch (error) {
      if (!(error instanceof LogError)) throw error
      if (error.code !== 'PATH_OUTSIDE_FOLDER') throw new Refusal(error.code, error.message, { cause: error })
      throw new Refusal('OUTSIDE_FOLDER', `${relative} lies outside of ${this.root}, the folder that is served.`, { cause: error })
    }
  }

  private async collect(below: string, depth: number, found: ListedDocument[]): Promise<void> {
    // A folder that may not be read holds nothing to show.
    const entries = await readdir(path.join(this.root, below), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (found.length >= MOST) return
      if (entry.name.startsWith('.') || NO_DOCUMENTS_IN.has(entry.name)) continue
      const relative = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && depth < DEEPEST) await this.collect(relative, depth + 1, found)
      if (!entry.name.endsWith(DOCUMENT_ENDING)) continue
      const listed = await stat(path.join(this.root, relative)).catch(() => undefined)
      if (listed?.isFile()) found.push({ path: relative, name: entry.name, modifiedMs: Math.round(listed.mtimeMs) })
    }
  }
}

/** A name without a way: whatever the page calls a file, it comes to stand in the folder itself. */
function fileName(asked: string, endings: readonly string[]): string {
  const base = asked.split(/[\\/]/).at(-1) ?? ''
  const name = base
    .replaceAll(/[\u0000-\u001f<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .trim()
  const ending = path.extname(name).toLowerCase()
  if (name === '' || !endings.includes(ending) || name.length <= ending.length)
    throw new Refusal('FILE_KIND', `${asked} is not a file that can be stored here: its name must end in ${endings.join(', ')}.`)
  return name
}

/** `orders.csv`, else `orders-2.csv` and so on: nothing that is there is overwritten. */
async function writeUnderFreeName(folder: string, name: string, bytes: Buffer): Promise<string> {
  const { name: stem, ext } = path.parse(name)
  for (let number = 1; number < 1000; number++) {
    const file = path.join(folder, number === 1 ? name : `${stem}-${number}${ext}`)
    try {
      const handle = await open(file, 'wx')
      try {
        await handle.writeFile(bytes)
      } catch (error) {
        // Half a file would look like a whole one.
        await rm(file, { force: true }).catch(() => undefined)
        throw error
      } finally {
        await handle.close()
      }
      return file
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw notWritten(file, error)
    }
  }
  throw new Refusal('NO_FREE_NAME', `${folder} has a thousand files called ${stem}… already. Tidy up there first.`)
}

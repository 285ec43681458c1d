import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { ListedDocument } from '../../rpc/shell-api.ts'
import { replaceFile } from './replace-file.ts'

const MOST = 12
const recentFile = z.object({ documents: z.array(z.string()) })

/** The documents that were opened or saved last, newest first, in a file of the user's data folder. */
export interface RecentDocuments {
  /** Those that are still there, by absolute path. */
  list(): Promise<readonly ListedDocument[]>
  add(file: string): Promise<void>
}

/** The list is a convenience: one that cannot be read is empty, one that cannot be written is not kept. */
export function recentDocuments(file: string, log: (message: string) => void = () => undefined): RecentDocuments {
  let last: Promise<void> = Promise.resolve()
  return {
    async list() {
      const listed = await Promise.all((await read(file)).map(describe))
      return listed.filter((document) => document !== undefined)
    },
    add(document) {
      const add = async (): Promise<void> => {
        try {
          const others = (await read(file)).filter((other) => other !== document)
          await mkdir(path.dirname(file), { recursive: true })
          await replaceFile(file, Buffer.from(`${JSON.stringify({ documents: [document, ...others].slice(0, MOST) }, null, 2)}\n`, 'utf8'))
        } catch (error) {
          log(`The list of recent documents cannot be written: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
      last = last.then(add)
      return last
    },
  }
}

async function read(file: string): Promise<readonly string[]> {
  try {
    return recentFile.parse(JSON.parse(await readFile(file, 'utf8'))).documents
  } catch {
    return []
  }
}

async function describe(file: string): Promise<ListedDocument | undefined> {
  try {
    const found = await stat(file)
    return found.isFile() ? { path: file, name: path.basename(file), modifiedMs: Math.round(found.mtimeMs) } : undefined
  } catch {
    return undefined
  }
}

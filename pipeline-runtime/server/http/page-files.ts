import { createReadStream, existsSync } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

export interface PageFile {
  readonly type: string
  readonly size: number
  /** Whether the name has a hash of the content, so that it never changes. */
  readonly immutable: boolean
  stream(): NodeJS.ReadableStream
}

/** Where the build puts the page, seen from this file after it was compiled. */
export function builtPageFolder(): string {
  return fileURLToPath(new URL('../../../renderer', import.meta.url))
}

export function hasPage(folder: string): boolean {
  return existsSync(path.join(folder, 'index.html'))
}

/** The page with a nonce for its styles. */
export async function pageWithNonce(folder: string, nonce: string): Promise<string> {
  return (await readFile(path.join(folder, 'index.html'), 'utf8')).replaceAll('__CSP_NONCE__', nonce)
}

/** The file that the path of a URL means; undefined where there is none inside of the folder. */
export async function findPageFile(folder: string, urlPath: string): Promise<PageFile | undefined> {
  const name = decoded(urlPath)
  const type = name === undefined ? undefined : TYPES[path.extname(name)]
  if (name === undefined || type === undefined) return undefined
  try {
    const root = await realpath(folder)
    // Links are followed before the comparison, so that none leads out.
    const file = await realpath(path.join(root, name))
    if (!file.startsWith(root + path.sep)) return undefined
    const found = await stat(file)
    if (!found.isFile()) return undefined
    return { type, size: found.size, immutable: name.startsWith('/assets/'), stream: () => createReadStream(file) }
  } catch {
    return undefined
  }
}

/** Undefined for what no file of the page is called. */
function decoded(urlPath: string): string | undefined {
  try {
    const name = decodeURIComponent(urlPath)
    return /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(name) ? name : undefined
  } catch {
    return undefined
  }
}

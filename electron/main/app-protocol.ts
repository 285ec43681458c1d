import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { Readable } from 'node:stream'
import { protocol } from 'electron'
import { contentSecurityPolicy, FILE_POLICY, LOADS_NOTHING, SECURITY_HEADERS } from '../../pipeline-runtime/server/http/headers.ts'
import { findPageFile, pageWithNonce } from '../../pipeline-runtime/server/http/page-files.ts'

export const ORIGIN = 'app://millrace'
export const PAGE = `${ORIGIN}/index.html`

const FOLDER = process.env.MILLRACE_PAGE_DIR ?? path.join(import.meta.dirname, '../renderer')

/** Before the app is ready: the page's origin is a real one, with storage and modules, and its code is cached. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built page and nothing beside it. */
export function servePage(): void {
  protocol.handle('app', async ({ url, method }) => {
    const { host, pathname } = new URL(url)
    if (host !== 'millrace' || method !== 'GET') return nothing()
    return pathname === '/index.html' ? await page() : await file(pathname)
  })
}

async function page(): Promise<Response> {
  const nonce = randomBytes(16).toString('base64url')
  return new Response(await pageWithNonce(FOLDER, nonce), {
    headers: {
      ...headers(),
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(nonce, []),
      'Cache-Control': 'no-store',
    },
  })
}

async function file(pathname: string): Promise<Response> {
  const found = await findPageFile(FOLDER, pathname)
  if (found === undefined) return nothing()
  const stream = Readable.toWeb(Readable.from(found.stream()))
  // Node's type of a web stream and the one of the fetch API are the same thing under two names.
  return new Response(stream as unknown as ReadableStream, {
    headers: { ...headers(), 'Content-Type': found.type, 'Content-Length': String(found.size), 'Content-Security-Policy': FILE_POLICY },
  })
}

function nothing(): Response {
  return new Response('There is nothing at this address.', {
    status: 404,
    headers: { ...headers(), 'Content-Type': 'text/plain', 'Content-Security-Policy': LOADS_NOTHING },
  })
}

function headers(): Record<string, string> {
  return Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, value]) => [name, String(value)]))
}

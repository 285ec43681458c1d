import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { type Gate, isOwnHost } from './gate.ts'
import { contentSecurityPolicy, FILE_POLICY, LOADS_NOTHING, SECURITY_HEADERS } from './headers.ts'
import { inUrl, ownHosts, reachableHosts } from './own-hosts.ts'
import { findPageFile, pageWithNonce } from './page-files.ts'
import { acceptSockets, type SocketEnd } from './rpc-sockets.ts'
import { Session } from './session.ts'

export interface PageServerOptions {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  readonly pageFolder: string
  /** By the last part of `/rpc/NAME`. */
  readonly sockets: Readonly<Record<string, SocketEnd>>
}

export interface PageServer {
  readonly port: number
  /** Addresses with the token, the one to print first. */
  readonly addresses: readonly string[]
  close(): Promise<void>
}

/** Serves the page and its sockets to whoever has the token. Rejects with Node's error where the port cannot be had. */
export async function startPageServer({ host, port: asked, pageFolder, sockets }: PageServerOptions): Promise<PageServer> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 })
  const port = await listen(server, host, asked)
  const session = new Session(port)
  const gate: Gate = { session, hosts: ownHosts(host, port) }
  server.on('request', (request, response) => void answer(gate, pageFolder, request, response))
  const closeSockets = acceptSockets(server, gate, sockets)
  return {
    port,
    addresses: reachableHosts(host).map((name) => `http://${inUrl(name)}:${port}/?token=${session.token}`),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await closeSockets()
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port) // Of a server that listens on TCP.
    })
  })
}

async function answer(gate: Gate, pageFolder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.on('error', () => response.destroy())
  try {
    if (!isOwnHost(gate, request))
      return plain(request, response, 403, 'This address is not the one that "millrace serve" printed. Use that one.')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      return plain(request, response, 405, 'Only GET and HEAD.')
    }
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const token = url.searchParams.get('token')
    if (url.pathname === '/' && token !== null && gate.session.isToken(token)) return enter(gate, request, response)
    if (!gate.session.hasCookie(request.headers.cookie)) return plain(request, response, 403, NOT_KNOWN)
    if (url.pathname === '/') return await page(pageFolder, request, response)
    return await file(pageFolder, url.pathname, request, response)
  } catch (error) {
    if (response.headersSent) response.destroy()
    else plain(request, response, 500, `The page cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const NOT_KNOWN =
  'Millrace does not know this browser. Open the address that "millrace serve" printed when it started; it holds a token that is new with each start.'

/** The token was right: a cookie takes its place, and the address bar loses it. */
function enter({ session }: Gate, request: IncomingMessage, response: ServerResponse): void {
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Security-Policy': LOADS_NOTHING,
    'Cache-Control': 'no-store',
    'Set-Cookie': session.setCookie(),
  }
  // After a link on another site a browser sends no strict cookie along with a redirect: there the page itself goes on.
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    const text = '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Millrace</title>'
    response.writeHead(200, { ...headers, 'Content-Type': 'text/html; charset=utf-8' }).end(request.method === 'HEAD' ? undefined : text)
  } else response.writeHead(303, { ...headers, Location: '/' }).end()
}

async function page(pageFolder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const nonce = randomBytes(16).toString('base64url')
  const text = await pageWithNonce(pageFolder, nonce)
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy(nonce, [`ws://${request.headers.host}`]),
    'Cache-Control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}

async function file(pageFolder: string, urlPath: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = await findPageFile(pageFolder, urlPath)
  // Browsers ask for it by themselves, and would show an error where it is not there.
  if (found === undefined && urlPath === '/favicon.ico') return plain(request, response, 204, '')
  if (found === undefined || urlPath === '/index.html') return plain(request, response, 404, 'There is nothing at this address.')
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'Content-Type': found.type,
    'Content-Length': found.size,
    'Content-Security-Policy': FILE_POLICY,
    'Cache-Control': found.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  })
  if (request.method === 'HEAD') response.end()
  else await pipeline(found.stream(), response)
}

function plain(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    ...(text === '' ? {} : { 'Content-Type': 'text/plain; charset=utf-8' }),
    'Content-Security-Policy': LOADS_NOTHING,
    'Cache-Control': 'no-store',
  })
  response.end(request.method === 'HEAD' || text === '' ? undefined : `${text}\n`)
}

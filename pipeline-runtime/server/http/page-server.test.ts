import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http, { type IncomingHttpHeaders } from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type PageServer, startPageServer } from './page-server.ts'

let folder = ''
let server: PageServer
let cookie = ''
const upgraded: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-page-'))
  const pageFolder = path.join(folder, 'page')
  mkdirSync(path.join(pageFolder, 'assets/deep.js'), { recursive: true })
  mkdirSync(path.join(folder, 'page-of-others'))
  writeFileSync(path.join(pageFolder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(path.join(pageFolder, 'assets/app-1a2b.js'), 'export {}')
  writeFileSync(path.join(pageFolder, '.hidden.txt'), 'secret')
  writeFileSync(path.join(pageFolder, 'note.secret'), 'secret')
  writeFileSync(path.join(folder, 'secret.txt'), 'secret')
  writeFileSync(path.join(folder, 'page-of-others/secret.txt'), 'secret')
  symlinkSync(path.join(folder, 'secret.txt'), path.join(pageFolder, 'link.txt'))
  symlinkSync(folder, path.join(pageFolder, 'up'))
  server = await startPageServer({
    host: '127.0.0.1',
    port: 0,
    pageFolder,
    sockets: { shell: { maxPayload: 1000, upgrade: (socket) => socket.on('message', (data) => upgraded.push(String(data))) } },
  })
  const entered = await get(new URL(address()).pathname + new URL(address()).search)
  cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const address = () => server.addresses[0] ?? ''
const own = () => `127.0.0.1:${server.port}`

function get(target: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: server.port, path: target, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }))
    })
    request.on('error', reject)
    request.end()
  })
}

test('the token becomes a cookie that scripts do not see and other sites do not send', async () => {
  const { pathname, search } = new URL(address())
  const { status, headers } = await get(pathname + search)
  expect(status).toBe(303)
  expect(headers.location).toBe('/')
  expect(headers['set-cookie']).toEqual([expect.stringMatching(/^millrace_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)])
  expect(headers['cache-control']).toBe('no-store')
  expect(search).toMatch(/^\?token=[\w-]{43}$/)
  expect(cookie).not.toContain(new URL(address()).searchParams.get('token'))
})

test('a link on another site gets a page that goes on by itself, since a redirect would come without the cookie', async () => {
  const { pathname, search } = new URL(address())
  const { status, headers, text } = await get(pathname + search, { 'Sec-Fetch-Site': 'cross-site' })
  expect(status).toBe(200)
  expect(headers['set-cookie']).toHaveLength(1)
  expect(text).toContain('content="0;url=/"')
})

test('without cookie or token nothing is served, and the words say what to do', async () => {
  const near = `${new URL(address()).searchParams.get('token')?.slice(0, -1)}!`
  for (const target of [
    '/',
    '/index.html',
    '/assets/app-1a2b.js',
    '/nothing',
    '/?token=',
    `/?token=${near}`,
    `/assets/app-1a2b.js?token=${near}`,
  ]) {
    const { status, text, headers } = await get(target)
    expect(status, target).toBe(403)
    expect(text).toContain('Open the address that "millrace serve" printed')
    expect(headers['set-cookie']).toBeUndefined()
  }
  for (const wrong of ['', 'millrace_1=x', `${cookie}x`, cookie.replace('=', '=x'), cookie.toUpperCase()])
    expect((await get('/', { Cookie: wrong })).status, wrong).toBe(403)
})

test('the page comes with a fresh nonce in its policy and in its text', async () => {
  const first = await get('/', { Cookie: `other=1; ${cookie}` })
  const second = await get('/', { Cookie: cookie })
  expect(first.status).toBe(200)
  const nonce = /content="([\w-]{22})"/.exec(first.text)?.[1]
  expect(first.headers['content-security-policy']).toBe(
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data:; connect-src 'self' ws://${own()}; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  )
  expect(second.text).not.toBe(first.text)
  expect(first.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
  })
})

test('files of the page: type, length, kept for ever where the name has a hash; HEAD without a body', async () => {
  const file = await get('/assets/app-1a2b.js', { Cookie: cookie })
  expect(file).toMatchObject({ status: 200, text: 'export {}' })
  expect(file.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': '9',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  expect(await get('/assets/app-1a2b.js', { Cookie: cookie }, 'HEAD')).toMatchObject({ status: 200, text: '' })
  expect(await get('/', { Cookie: cookie }, 'HEAD')).toMatchObject({ status: 200, text: '' })
  expect((await get('/favicon.ico', { Cookie: cookie })).status).toBe(204)
})

test('nothing outside of the page can be had: dots, encoded dots, links, hidden files, neighbours', async () => {
  const targets = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/../page-of-others/secret.txt',
    '/..%2fpage-of-others%2fsecret.txt',
    '//etc/passwd',
    '/%2Fetc/passwd',
    '/link.txt',
    '/up/secret.txt',
    '/.hidden.txt',
    '/note.secret',
    '/assets/deep.js',
    '/assets',
    '/assets/',
    '/index.html',
    '/a%00.txt',
    '/%',
    `/${'a'.repeat(8000)}.txt`,
  ]
  for (const target of targets) {
    const { status, text } = await raw(`GET ${target} HTTP/1.1\r\nHost: ${own()}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`)
    expect(status, target).toBe(404)
    expect(text).not.toContain('secret')
    expect(text).not.toContain('root:')
  }
})

test('an address of another form, and methods that change something, are refused', async () => {
  const absolute = await raw(`GET http://evil.example/ HTTP/1.1\r\nHost: ${own()}\r\nConnection: close\r\n\r\n`)
  expect(absolute.status).toBe(403)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const { status, headers } = await get('/', { Cookie: cookie }, method)
    expect(status, method).toBe(405)
    expect(headers.allow).toBe('GET, HEAD')
  }
  expect((await raw('rubbish\r\n\r\n')).status).toBe(400)
  expect((await raw(`GET / HTTP/1.1\r\nHost: ${own()}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).status).toBe(431)
})

test('a name that was made to point here is refused, with token and cookie', async () => {
  const { pathname, search } = new URL(address())
  for (const host of [
    'evil.example',
    `evil.example:${server.port}`,
    '127.0.0.1',
    `127.0.0.1:${server.port + 1}`,
    `127.0.0.1.evil.example:${server.port}`,
  ]) {
    expect((await get(pathname + search, { Host: host })).status, host).toBe(403)
    expect((await get('/', { Host: host, Cookie: cookie })).status, host).toBe(403)
  }
  for (const host of [`localhost:${server.port}`, `LOCALHOST:${server.port}`, `[::1]:${server.port}`])
    expect((await get('/', { Host: host, Cookie: cookie })).status, host).toBe(200)
})

test('a socket needs cookie, own host and own origin', async () => {
  const good = { Host: own(), Origin: `http://${own()}`, Cookie: cookie }
  expect(await connect('/rpc/shell', good)).toBe('open')
  expect(await connect('/rpc/shell', { ...good, Cookie: '' })).toBe(403)
  expect(await connect('/rpc/shell', { ...good, Origin: 'http://evil.example' })).toBe(403)
  expect(await connect('/rpc/shell', { ...good, Origin: 'null' })).toBe(403)
  expect(await connect('/rpc/shell', { ...good, Origin: `https://${own()}` })).toBe(403)
  expect(await connect('/rpc/shell', { ...good, Origin: `http://localhost:${server.port}` })).toBe(403)
  expect(await connect('/rpc/shell', { Host: own(), Cookie: cookie })).toBe(403)
  const rebound = `evil.example:${server.port}`
  expect(await connect('/rpc/shell', { ...good, Host: rebound, Origin: `http://${rebound}` })).toBe(403)
  for (const target of ['/rpc/nothing', '/rpc/constructor', '/rpc/__proto__', '/rpc/', '/', '/rpc/shell/..'])
    expect(await connect(target, good), target).toBe(404)
})

test('a message that is too long ends its socket and nothing else', async () => {
  const headers = { Host: own(), Origin: `http://${own()}`, Cookie: cookie }
  const socket = new WebSocket(`ws://${own()}/rpc/shell`, { headers })
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.send('short')
  socket.send('x'.repeat(1001))
  expect([1006, 1009]).toContain(await closed)
  expect(upgraded).toEqual(['short'])
  expect(await connect('/rpc/shell', headers)).toBe('open')
})

test('closing ends open sockets and connections at once, and another server has another token', async () => {
  const pageFolder = path.join(folder, 'page')
  const other = await startPageServer({
    host: '127.0.0.1',
    port: 0,
    pageFolder,
    sockets: { shell: { maxPayload: 1000, upgrade: () => undefined } },
  })
  expect(other.addresses[0]?.split('token=')[1]).not.toBe(address().split('token=')[1])
  const entered = await fetch(other.addresses[0] ?? '', { redirect: 'manual' })
  const origin = `http://127.0.0.1:${other.port}`
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc/shell`, {
    headers: { Origin: origin, Cookie: entered.headers.getSetCookie()[0]?.split(';')[0] ?? '' },
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const idle = net.connect(other.port, '127.0.0.1')
  await new Promise((resolve) => idle.once('connect', resolve))
  const socketClosed = new Promise<number>((resolve) => socket.once('close', resolve))
  // Neither of the two leaves by itself: a server that waited for them would never be closed.
  await other.close()
  expect(await socketClosed).toBe(1001)
  idle.destroy()
})

/** What is sent as it stands, without a client that tidies paths up. */
function raw(text: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve({ status: Number(answer.split(' ')[1]), text: answer }))
  })
}

/** 'open', or the status with which the upgrade was refused. */
function connect(target: string, headers: Readonly<Record<string, string>>): Promise<'open' | number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${target}`, { headers })
    socket.on('open', () => {
      socket.close()
      resolve('open')
    })
    socket.on('unexpected-response', (request, response) => {
      request.destroy()
      resolve(response.statusCode)
    })
    socket.on('error', reject)
  })
}

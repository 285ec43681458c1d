import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WebSocket as WebSocketOfPage } from '@playwright/test'
import { WebSocket } from 'ws'
import { expect, expectScreen, listen, startServer, test } from './served-page.ts'

test('the printed address opens the page, and the address bar loses the token', async ({ page, server }) => {
  await expect(page).toHaveURL(`${server.origin}/`)
  await expect(page).toHaveTitle(/Millrace/)
  await expectScreen(page)
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('without the token there is a page that says which address to use', async ({ browser, server }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  for (const path of ['/', '/?token=wrong', '/assets/index.js', '/index.html']) {
    const answer = await page.goto(server.origin + path)
    expect(answer?.status()).toBe(403)
    await expect(page.locator('body')).toContainText('Open the address that "millrace serve" printed')
  }
  await context.close()
})

test('a page of another site gets neither in nor anything out', async ({ browser, server }) => {
  const foreign = http.createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>elsewhere</h1>'))
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  const { port } = foreign.address() as AddressInfo // Of a server on TCP.
  const context = await browser.newContext()
  try {
    // The same person has the screen open in another tab, so the cookie is there.
    await (await context.newPage()).goto(server.address)
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    const outcome = await page.evaluate(async (origin) => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc/shell`)
      const opened = await new Promise((resolve) => {
        socket.onopen = () => resolve(true)
        socket.onerror = () => resolve(false)
      })
      const read = await fetch(origin, { credentials: 'include' }).then(
        () => true,
        () => false,
      )
      const loaded = await new Promise((resolve) => {
        const script = document.createElement('script')
        script.src = `${origin}/?x`
        script.onload = () => resolve(true)
        script.onerror = () => resolve(false)
        document.head.append(script)
      })
      return { opened, read, loaded }
    }, server.origin)
    expect(outcome).toEqual({ opened: false, read: false, loaded: false })
  } finally {
    await context.close()
    foreign.close()
  }
})

test('a name that somebody let point to this machine is refused, cookie or not', async ({ context, page, server }) => {
  await expect(page).toHaveURL(`${server.origin}/`)
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  expect(cookie).not.toBe('')
  const own = `127.0.0.1:${server.port}`
  expect(await connect(server.port, { Host: own, Origin: server.origin, Cookie: cookie })).toBe('open')
  expect(await connect(server.port, { Host: 'evil.example', Origin: 'http://evil.example', Cookie: cookie })).toBe(403)
  expect(await connect(server.port, { Host: own, Origin: 'http://evil.example', Cookie: cookie })).toBe(403)
  expect(await connect(server.port, { Host: own, Cookie: cookie })).toBe(403)
  expect(await connect(server.port, { Host: own, Origin: server.origin })).toBe(403)
})

test('a link on another site that has the token opens the page, too', async ({ browser, server }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const complaints = await listen(page)
  await page.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${server.address}">Millrace</a>` }),
  )
  await page.goto('http://elsewhere.example/')
  await page.getByRole('link').click()
  await expect(page).toHaveURL(`${server.origin}/`)
  await expectScreen(page)
  expect(complaints).toEqual([])
  await context.close()
})

test('the server stops and comes back: the page goes on as soon as the new address was opened', async ({
  context,
  page,
  server,
  pageErrors,
}) => {
  pageErrors.expect(/WebSocket|ERR_CONNECTION_REFUSED|403/)
  await expectScreen(page)
  // Parts that the page loads late must not be cut off.
  await page.waitForLoadState('networkidle')
  expect(await server.stop()).toBe(0)
  expect(server.said()).toContain('Stopped.')
  const again = await startServer(server.folder, ['--port', String(server.port)])
  try {
    expect(again.address).not.toBe(server.address)
    const other = await context.newPage()
    expect((await other.goto(again.origin))?.status()).toBe(403)
    const runtimeIsBack = page.waitForEvent('websocket', { predicate: (socket) => staysOpen(socket), timeout: 20_000 })
    await other.goto(again.address)
    await expectScreen(other)
    await runtimeIsBack
  } finally {
    await again.stop()
  }
})

/** Whether a socket of the page to the runtime is taken: one that is refused closes at once. */
async function staysOpen(socket: WebSocketOfPage): Promise<boolean> {
  if (!socket.url().endsWith('/rpc/runtime')) return false
  return socket.waitForEvent('close', { timeout: 1500 }).then(
    () => false,
    () => true,
  )
}

/** 'open', or the status with which the upgrade was refused. */
function connect(port: number, headers: Readonly<Record<string, string>>): Promise<'open' | number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc/shell`, { headers })
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

import path from 'node:path'
import type { Page } from '@playwright/test'
import type {} from '../../renderer/host/desktop-host.ts'
import { expect, test } from './desktop-app.ts'

test('the page has no Node, and from the app only its two functions', async ({ app: { page } }) => {
  const names = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter((name) => name in window),
  )
  expect(names).toEqual([])
  expect(await page.evaluate(() => Object.entries(window.millrace ?? {}).map(([name, value]) => `${name}: ${typeof value}`))).toEqual([
    'connect: function',
    'pathOfFile: function',
  ])
})

test('every window is isolated and sandboxed', async ({ app: { electron, page } }) => {
  const preferences = await electron.evaluate(({ BrowserWindow }) =>
    // Not in the types, and the one way to ask what a page really got.
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      Reflect.apply(Reflect.get(webContents, 'getLastWebPreferences'), webContents, []),
    ),
  )
  expect(preferences).toHaveLength(1)
  expect(preferences[0]).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
  })
  // Features that are no part of what Chromium ships, and scripts of workers with Node.
  const more = ['experimentalFeatures', 'enableBlinkFeatures', 'nodeIntegrationInWorker']
  expect(more.filter((name) => Boolean(Reflect.get(Object(preferences[0]), name)))).toEqual([])
  expect(page.url()).toBe('app://millrace/index.html')
})

test('the policy lets no script in: neither inline nor made from text, nor loaded from elsewhere', async ({ app }) => {
  app.expect(/Content Security Policy|^console: policy: script-src/)
  const { page } = app
  const ran = await page.evaluate(async () => {
    const inline = document.createElement('script')
    inline.textContent = 'window.inlineRan = true'
    document.body.append(inline)
    const remote = document.createElement('script')
    remote.src = 'https://example.com/x.js'
    document.body.append(remote)
    const attribute = document.createElement('div')
    attribute.setAttribute('onclick', 'window.attributeRan = true')
    document.body.append(attribute)
    attribute.click()
    // Not within the call of the test tool, which may do more than the page.
    const evaluated = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(`ran: ${Reflect.construct(Function, ['return 1'])()}`)
        } catch (error) {
          resolve(error instanceof Error ? error.name : 'no error')
        }
      })
    })
    return { inline: Reflect.get(window, 'inlineRan'), attribute: Reflect.get(window, 'attributeRan'), evaluated }
  })
  expect(ran).toEqual({ inline: undefined, attribute: undefined, evaluated: 'EvalError' })
})

test('the style policy knows one nonce, and a new one with each load', async ({ app: { page } }) => {
  const policyOf = () => page.evaluate(async () => (await fetch('app://millrace/index.html')).headers.get('content-security-policy'))
  const [first, second] = [await policyOf(), await policyOf()]
  expect(first).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{20,}'; /)
  expect(first).toMatch(/base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/)
  expect(second).not.toBe(first)
})

test('a script has a policy of its own, which holds for workers', async ({ app: { page } }) => {
  const policies = await page.evaluate(async () => {
    const scripts = [...document.querySelectorAll('script')].map(({ src }) => src)
    return Promise.all(scripts.map(async (src) => (await fetch(src)).headers.get('content-security-policy')))
  })
  expect(policies).toEqual(["default-src 'none'; script-src 'self'; connect-src 'self'"])
})

test('the page reaches nothing outside of itself', async ({ app }) => {
  app.expect(/Content Security Policy|^console: policy: (connect|frame)-src|Failed to load resource/)
  const { page } = app
  const outcomes = await page.evaluate(async () => {
    const outcome = async (url: string) => {
      try {
        return (await fetch(url)).status
      } catch (error) {
        return error instanceof Error ? error.name : 'no error'
      }
    }
    return {
      remote: await outcome('https://example.com/'),
      file: await outcome('file:///etc/passwd'),
      main: await outcome('app://millrace/../electron/main.js'),
      encoded: await outcome('app://millrace/%2e%2e/electron/main.js'),
      backslash: await outcome('app://millrace/..%5c..%5cpackage.json'),
      otherHost: await outcome('app://other/index.html'),
      folder: await outcome('app://millrace/assets'),
    }
  })
  expect(outcomes).toEqual({
    remote: 'TypeError',
    file: 'TypeError',
    main: 404,
    encoded: 404,
    backslash: 404,
    otherHost: 'TypeError',
    folder: 404,
  })
})

test('the page cannot leave, open windows or embed others', async ({ app }) => {
  app.expect(/Content Security Policy|^console: policy: (frame|child)-src|Not allowed to load local resource/)
  const { electron, page } = app
  await page.evaluate(() => {
    window.location.href = 'https://example.com/'
  })
  await page.evaluate(() => {
    window.location.href = 'file:///etc/passwd'
  })
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = 'https://example.com/'
    link.target = '_blank'
    document.body.append(link)
    link.click()
  })
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
  expect(await page.evaluate(() => window.open('app://millrace/index.html') === null)).toBe(true)
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = 'app://millrace/index.html'
    document.body.append(frame)
    const view = document.createElement('webview')
    view.setAttribute('src', 'https://example.com/')
    document.body.append(view)
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe('app://millrace/index.html')
  expect(
    await electron.evaluate(({ BrowserWindow, webContents }) => [
      BrowserWindow.getAllWindows().length,
      webContents.getAllWebContents().length,
    ]),
  ).toEqual([1, 1])
})

test('of permissions the page has one: to write what is copied', async ({ app: { page } }) => {
  // Only a page with the focus may write.
  await page.mouse.click(2, 2)
  const answers = await page.evaluate(async () => {
    const answer = async (ask: () => Promise<unknown>) => {
      try {
        return String(await ask())
      } catch (error) {
        return error instanceof Error ? error.name : 'no error'
      }
    }
    return {
      camera: await answer(async () => (await navigator.permissions.query({ name: 'camera' as PermissionName })).state),
      screen: await answer(() => navigator.mediaDevices.getDisplayMedia()),
      notifications: await answer(() => Notification.requestPermission()),
      place: await answer(
        () => new Promise((resolve) => navigator.geolocation.getCurrentPosition(resolve, ({ code }) => resolve(`code ${code}`))),
      ),
      midi: await answer(() => navigator.requestMIDIAccess()),
      readClipboard: await answer(() => navigator.clipboard.readText()),
      writeClipboard: await answer(() => navigator.clipboard.writeText('copied')),
    }
  })
  expect(answers).toEqual({
    camera: 'denied',
    screen: expect.stringMatching(/^(NotAllowedError|NotSupportedError|InvalidStateError)$/),
    notifications: 'denied',
    place: 'code 1',
    midi: expect.stringMatching(/^(NotAllowedError|SecurityError)$/),
    readClipboard: 'NotAllowedError',
    writeClipboard: 'undefined',
  })
})

test('ports are given to our own pages only', async ({ app }) => {
  app.expect(/Failed to load resource|Content Security Policy/)
  const { electron, page } = app
  // The runtime comes a moment after the page is drawn.
  await expect.poll(() => portsOf(page)).toEqual(['runtime', 'shell'])
  const preload = path.resolve(import.meta.dirname, '../../dist/electron/preload.cjs')
  const opened = electron.waitForEvent('window')
  await electron.evaluate(({ BrowserWindow }, file) => {
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload: file, sandbox: true } })
    void stranger.loadURL('app://millrace/index.html')
  }, preload)
  const stranger = await opened
  await stranger.waitForLoadState()
  // Our page, in a window that is none of ours.
  expect(await portsOf(stranger)).toEqual([])
  // In our window, a page that is none of ours. It has an origin of its own: to one without, as `data:` is, no port could be handed on.
  await electron.evaluate(({ BrowserWindow }) => {
    const own = BrowserWindow.getAllWindows().find((window) => window.isVisible())
    return own?.loadURL('app://stranger/index.html').catch(() => undefined)
  })
  await page.waitForURL('app://stranger/index.html')
  expect(await page.evaluate(() => `${window.location.origin}: ${typeof window.millrace}`)).toBe('app://stranger: object')
  expect(await portsOf(page)).toEqual([])
})

/** Asks for ports and says which came within a moment. */
function portsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const names: string[] = []
        window.addEventListener('message', ({ data, ports }) => {
          if (ports.length > 0) names.push(String(data.millracePort))
        })
        window.millrace?.connect()
        setTimeout(() => resolve(names.sort()), 700)
      }),
  )
}

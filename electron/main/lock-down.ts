import { app, type Session, type WebContents } from 'electron'
import { ORIGIN } from './app-protocol.ts'

/** What a page may never do, whatever it holds: leave, open windows, embed others, ask for devices, load from elsewhere. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    stayHere(contents)
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}

function stayHere(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
}

/** Of permissions the page has one: to write what the user copies. Reading is what the paste event is for. */
export function restrict(session: Session): void {
  const allowed = (permission: string, origin: string): boolean => permission === 'clipboard-sanitized-write' && isOurs(origin)
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(allowed(permission, requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*', 'ftp://*/*'] },
    (_request, answer) => answer({ cancel: true }),
  )
}

function isOurs(url: string): boolean {
  return url === ORIGIN || url.startsWith(`${ORIGIN}/`)
}

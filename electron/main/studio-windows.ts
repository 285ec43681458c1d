import { RPCHandler } from '@orpc/server/message-port'
import { app, type MessagePortMain, type WebContents } from 'electron'
import { Refusal, refuseInWords } from '../../pipeline-runtime/server/refusal.ts'
import type { ConnectionFile } from '../../pipeline-runtime/server/shell/connection-file.ts'
import type { KeptSecrets } from '../../pipeline-runtime/server/shell/kept-secrets.ts'
import type { RecentDocuments } from '../../pipeline-runtime/server/shell/recent-documents.ts'
import type { RuntimeSettings } from '../runtime-host/runtime-message.ts'
import { desktopShell, openedDocument } from './desktop-shell.ts'
import { isDevelopment, StudioWindow } from './studio-window.ts'
import { editText } from './text-editing.ts'
import { TrayIcon } from './tray-icon.ts'
import { WindowMenu } from './window-menu.ts'

export interface WindowsOptions {
  readonly runtime: RuntimeSettings
  readonly recent: RecentDocuments
  readonly connections: ConnectionFile
  readonly secrets: KeptSecrets
}

/** All windows of the app, how they open and how they close. */
export class StudioWindows {
  private readonly windows = new Map<WebContents, { readonly window: StudioWindow; readonly menu: WindowMenu }>()
  /** Runtimes whose window is gone and which still save. */
  private readonly ending = new Set<Promise<void>>()
  private readonly tray = new TrayIcon()
  /** Windows whose document is being read: of several that are opened at once each gets its own. */
  private readonly promised = new Set<StudioWindow>()
  /** Everybody agreed: nothing asks any more. */
  quitting = false
  private readonly options: WindowsOptions

  constructor(options: WindowsOptions) {
    this.options = options
  }

  open({ opening = false } = {}): StudioWindow {
    const window = new StudioWindow({
      runtime: this.options.runtime,
      secrets: this.options.secrets,
      further: this.windows.size > 0,
      opening,
      answer: (asking, port) => this.answer(asking, port),
      changed: () => this.showTray(),
    })
    const { browser } = window
    const menu = new WindowMenu(browser, {
      command: (id) => void this.command(window, id),
      openRecent: (file) => void this.openFile(file),
      closeWindow: () => browser.close(),
      quit: () => app.quit(),
    })
    const { webContents } = browser
    this.windows.set(webContents, { window, menu })
    browser.on('closed', () => this.forget(webContents, window))
    void this.showMenu(window)
    return window
  }

  /** The window of a page; undefined for whatever else sends messages. */
  of(contents: WebContents): StudioWindow | undefined {
    return this.windows.get(contents)?.window
  }

  /** A document was opened from outside: in the window that has it, in an untouched one, else in a new one. */
  async openFile(file: string): Promise<void> {
    const having = this.all().find(({ description }) => description.path === file)
    if (having !== undefined) return having.appear()
    const window = this.all().find((each) => each.untouched && !this.promised.has(each)) ?? this.open({ opening: true })
    this.promised.add(window)
    try {
      const document = await openedDocument(file)
      window.allowDocument(file)
      window.showDocument(document)
      this.used(file)
    } catch (error) {
      const message = error instanceof Refusal ? error.message : String(error)
      window.events.send({ type: 'open-failed', path: file, message })
    } finally {
      this.promised.delete(window)
    }
  }

  /** The app was started once more without a document. */
  showSome(): void {
    const windows = this.all()
    const hidden = windows.filter(({ inTray }) => inTray)
    if (windows.length === 0) this.open()
    else if (hidden.length > 0) for (const window of hidden) window.appear()
    else windows.at(-1)?.appear()
  }

  /** Asks every window that has something to lose, one after the other, and closes all when all agreed. */
  requestQuit(): void {
    this.askNext(this.all().filter((window) => window.needsQuestion))
  }

  private askNext([first, ...others]: readonly StudioWindow[]): void {
    if (first !== undefined) first.requestClose(() => this.askNext(others))
    else this.quit()
  }

  private quit(): void {
    this.quitting = true
    for (const window of this.all()) window.close()
    app.quit()
  }

  /** Resolves when every runtime has saved its state and ended. */
  async allEnded(): Promise<void> {
    await Promise.all(this.ending)
  }

  private all(): StudioWindow[] {
    return [...this.windows.values()].map(({ window }) => window)
  }

  private answer(window: StudioWindow, port: MessagePortMain): void {
    const { recent, connections, secrets, runtime } = this.options
    const router = desktopShell(window, {
      version: runtime.version,
      recent,
      connections,
      secrets,
      used: (file) => this.used(file),
      openWindow: () => void this.open(),
      menuChanged: () => void this.showMenu(window),
    })
    const handler = new RPCHandler(router, { clientInterceptors: [refuseInWords((error) => process.stderr.write(`${String(error)}\n`))] })
    handler.upgrade(port)
    port.start()
  }

  private async command(window: StudioWindow, id: string): Promise<void> {
    // A page that broke down edits no text, and hears of nothing either.
    const edited = await editText(window.browser.webContents, id).catch(() => false)
    if (!edited) window.events.send({ type: 'command', id })
  }

  private used(file: string): void {
    app.addRecentDocument(file)
    void this.options.recent.add(file).then(() => {
      for (const window of this.all()) void this.showMenu(window)
    })
  }

  private async showMenu(window: StudioWindow): Promise<void> {
    const recent = await this.options.recent.list()
    if (window.browser.isDestroyed()) return
    const menu = this.windows.get(window.browser.webContents)?.menu
    menu?.show({ commands: window.commands, recent, platform: process.platform, development: isDevelopment() })
  }

  private showTray(): void {
    const hidden = this.all().filter(({ inTray }) => inTray)
    this.tray.show(
      hidden.map((window) => ({
        ...window.description,
        show: () => window.appear(),
        stopAndQuit: () => this.stopAndQuit(hidden),
      })),
    )
  }

  /** The runs that the tray holds may stop; what is not saved is still asked about. */
  private stopAndQuit(hidden: readonly StudioWindow[]): void {
    for (const window of hidden) if (!window.description.edited) window.close()
    this.requestQuit()
  }

  private forget(contents: WebContents, window: StudioWindow): void {
    this.windows.delete(contents)
    this.showTray()
    const ended = window.runtime.close()
    this.ending.add(ended)
    void ended.finally(() => this.ending.delete(ended))
  }
}

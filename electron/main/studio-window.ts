import path from 'node:path'
import { BrowserWindow, MessageChannelMain, type MessagePortMain, nativeTheme, type WebFrameMain } from 'electron'
import type { MenuCommand, OpenedDocument } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { KeptSecrets } from '../../pipeline-runtime/server/shell/kept-secrets.ts'
import { PORT, type PortMessage } from '../preload/channels.ts'
import type { RuntimeSettings } from '../runtime-host/runtime-message.ts'
import { ORIGIN, PAGE } from './app-protocol.ts'
import { askToLose, askToReload } from './dialogs.ts'
import { DocumentAccess } from './document-access.ts'
import { keepPlace, nextPlace } from './kept-place.ts'
import { RuntimeProcess } from './runtime-process.ts'
import { reached } from './start-trace.ts'
import { windowColors } from './window-colors.ts'
import { WindowEvents } from './window-events.ts'
import { LEAST } from './window-place.ts'

export interface WindowOptions {
  readonly runtime: RuntimeSettings
  readonly secrets: KeptSecrets
  /** Whether another window is there already. */
  readonly further: boolean
  /** Whether a document comes at once: the page then draws nothing else first. */
  readonly opening: boolean
  /** Answers the page's calls on this port. */
  answer(window: StudioWindow, port: MessagePortMain): void
  changed(window: StudioWindow): void
}

export interface Description {
  readonly title: string
  readonly edited: boolean
  readonly running: boolean
  /** The file of the document; undefined for one that was never saved. */
  readonly path?: string | undefined
}

const NEW: Description = { title: 'Millrace', edited: false, running: false }
/** A page that works answers at once. */
const ANSWER_MS = 3000

/** One window: a page, a runtime of its own, and what the shell knows of both. */
export class StudioWindow {
  readonly browser: BrowserWindow
  readonly events = new WindowEvents()
  readonly access = new DocumentAccess()
  readonly runtime: RuntimeProcess
  description = NEW
  commands: readonly MenuCommand[] = []
  private appeared = false
  private mayClose = false
  private afterClosing: (() => void) | undefined
  private wantsRuntime = false
  private readonly options: WindowOptions

  constructor(options: WindowOptions) {
    this.options = options
    const { maximized, ...place } = nextPlace(options.further)
    this.browser = new BrowserWindow({
      ...place,
      minWidth: LEAST.width,
      minHeight: LEAST.height,
      show: false,
      title: NEW.title,
      // On Linux the window itself brings it; elsewhere the application does.
      ...(process.platform === 'linux' ? { icon: path.join(import.meta.dirname, 'icon.png') } : {}),
      backgroundColor: nativeTheme.shouldUseDarkColors ? windowColors.dark : windowColors.light,
      webPreferences: {
        preload: path.join(import.meta.dirname, 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        // Its dictionaries would come from the network.
        spellcheck: false,
        devTools: isDevelopment(),
      },
    })
    reached('window')
    if (maximized) this.browser.maximize()
    this.browser.once('ready-to-show', () => this.appear())
    this.browser.on('page-title-updated', (event) => event.preventDefault())
    this.browser.on('close', (event) => this.closing(event))
    this.browser.webContents.on('render-process-gone', (_event, { reason }) => void this.pageGone(reason))
    void this.browser.loadURL(options.opening ? `${PAGE}?opening` : PAGE)
    this.runtime = new RuntimeProcess(options.runtime, {
      ready: () => this.giveRuntime(),
      lost: (reason) => this.runtimeLost(reason),
      secretsOf: (name, config) => options.secrets.of(name, config),
    })
  }

  /** The page asked for its ports. Whoever else asks gets nothing. */
  connect(frame: WebFrameMain | null): void {
    if (!this.isPage(frame)) return
    reached('connected')
    const { port1, port2 } = new MessageChannelMain()
    this.options.answer(this, port1)
    this.post({ which: 'shell' }, port2)
    this.wantsRuntime = true
    this.giveRuntime()
  }

  isPage(frame: WebFrameMain | null): boolean {
    return frame !== null && frame === this.browser.webContents.mainFrame && frame.origin === ORIGIN
  }

  describe(description: Description): void {
    reached('described')
    // Not before: until here the page needs the processors.
    this.runtime.begin()
    this.description = description
    const { title, edited, path: file } = description
    this.browser.setTitle(title === NEW.title ? title : `${edited ? '• ' : ''}${title} – Millrace`)
    this.browser.setDocumentEdited(edited)
    this.browser.setRepresentedFilename(file ?? '')
    this.options.changed(this)
  }

  /** The user opened this document or saved it there: the page may name it, and its steps use files beside it. */
  allowDocument(file: string): void {
    this.access.allow(file)
    this.runtime.allow(path.dirname(file))
  }

  /** Where the document lies; '' for one that was never saved. */
  get folder(): string {
    const { path: file } = this.description
    return file === undefined ? '' : path.dirname(file)
  }

  /** A file was opened from outside. */
  showDocument(document: OpenedDocument): void {
    this.events.send({ type: 'open-document', document })
    this.appear()
  }

  /** Nothing of the user's is in it. */
  get untouched(): boolean {
    const { path: file, edited, running } = this.description
    return file === undefined && !edited && !running
  }

  get needsQuestion(): boolean {
    return this.description.edited || this.description.running
  }

  /** Where a run goes on without a window on the screen. */
  get inTray(): boolean {
    return !this.browser.isDestroyed() && !this.browser.isVisible() && this.appeared
  }

  appear(): void {
    reached('shown')
    this.appeared = true
    if (this.browser.isMinimized()) this.browser.restore()
    this.browser.show()
    this.browser.focus()
    this.browser.webContents.focus()
    this.options.changed(this)
  }

  /** Asks whether the window may close and calls `then` once it may; a later request takes the place of this one. */
  requestClose(then: () => void): void {
    this.afterClosing = then
    if (this.needsQuestion) void this.ask()
    else this.confirmClose()
  }

  /** The user agreed. */
  confirmClose(): void {
    const then = this.afterClosing ?? (() => this.close())
    this.afterClosing = undefined
    then()
  }

  /** The run goes on; the tray has the window. */
  keepRunning(): void {
    this.afterClosing = undefined
    this.browser.hide()
    this.options.changed(this)
  }

  /** Without a question. */
  close(): void {
    this.mayClose = true
    this.browser.close()
  }

  private closing(event: { preventDefault(): void }): void {
    if (this.mayClose || !this.needsQuestion) keepPlace(this.browser)
    else {
      event.preventDefault()
      this.requestClose(() => this.close())
    }
  }

  private async ask(): Promise<void> {
    this.appear()
    if (this.events.heard && (await this.pageAnswers())) return this.events.send({ type: 'close-requested' })
    const { title, running } = this.description
    if (await askToLose(this.browser, title, running)) this.confirmClose()
  }

  private async pageAnswers(): Promise<boolean> {
    const patience = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ANSWER_MS))
    const answer = this.browser.webContents.executeJavaScript('true').then(
      () => true,
      () => false,
    )
    return Promise.race([answer, patience])
  }

  private giveRuntime(): void {
    if (!this.wantsRuntime || this.browser.isDestroyed()) return
    const port = this.runtime.connect()
    if (port !== undefined) this.post({ which: 'runtime' }, port)
  }

  private runtimeLost(reason: string): void {
    if (this.browser.isDestroyed()) return
    this.post({ which: 'lost', reason })
    this.events.send({ type: 'runtime-lost', reason })
  }

  private async pageGone(reason: string): Promise<void> {
    if (reason === 'clean-exit' || this.browser.isDestroyed()) return
    process.stderr.write(`The page of a window ended: ${reason}.\n`)
    const { title } = this.description
    this.wantsRuntime = false
    this.description = NEW
    const again = await askToReload(this.browser, title, reason)
    // The app may have been quit meanwhile.
    if (this.browser.isDestroyed()) return
    if (again) this.browser.webContents.reload()
    else this.close()
  }

  private post(message: PortMessage, port?: MessagePortMain): void {
    this.browser.webContents.postMessage(PORT, message, port === undefined ? [] : [port])
  }
}

/** From a checkout; a package has no developer tools. */
export function isDevelopment(): boolean {
  return process.defaultApp === true
}

import path from 'node:path'
import { app, ipcMain, session } from 'electron'
import { stopOwnKafkaOf } from '../../pipeline-runtime/local-kafka/own-kafka.ts'
import { defaultDataDir } from '../../pipeline-runtime/runner/data-dir.ts'
import { connectionFile } from '../../pipeline-runtime/server/shell/connection-file.ts'
import { KeptSecrets } from '../../pipeline-runtime/server/shell/kept-secrets.ts'
import { recentDocuments } from '../../pipeline-runtime/server/shell/recent-documents.ts'
import { CONNECT, DROPPED } from '../preload/channels.ts'
import { registerScheme, servePage } from './app-protocol.ts'
import { fileArguments } from './file-arguments.ts'
import { lockDown, restrict } from './lock-down.ts'
import { reached } from './start-trace.ts'
import { StudioWindows } from './studio-windows.ts'
import { systemKeychain } from './system-keychain.ts'

reached('main')
// The first start keeps running; a later one hands its documents over and ends.
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  registerScheme()
  lockDown()
  const windows = createWindows()
  const early: string[] = []
  // macOS opens documents with an event, which may come before the app is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault()
    if (app.isReady()) void windows.openFile(file)
    else early.push(file)
  })
  app.on('second-instance', (_event, args, workingFolder) => openOrShow(windows, fileArguments(args, workingFolder)))
  app.on('activate', () => windows.showSome())
  acceptPages(windows)
  quitInOrder(windows)
  // Not awaited: until this file has run to its end, Electron does not become ready.
  void app.whenReady().then(() => {
    reached('ready')
    restrict(session.defaultSession)
    servePage()
    openOrShow(windows, [...early, ...fileArguments(process.argv.slice(1), process.cwd())])
  })
}

function createWindows(): StudioWindows {
  const dataDir = defaultDataDir(process.env)
  return new StudioWindows({
    runtime: { dataDir, version: app.getVersion(), kafkaOwnerPid: process.pid },
    recent: recentDocuments(path.join(dataDir, 'recent-documents.json'), (message) => process.stderr.write(`${message}\n`)),
    connections: connectionFile(path.join(dataDir, 'connections.json'), process.env),
    secrets: new KeptSecrets(path.join(dataDir, 'secrets.json'), systemKeychain),
  })
}

function openOrShow(windows: StudioWindows, files: readonly string[]): void {
  if (files.length === 0) windows.showSome()
  for (const file of files) void windows.openFile(file)
}

/** Only our own page, in the main frame of one of our windows, is listened to. */
function acceptPages(windows: StudioWindows): void {
  ipcMain.on(CONNECT, ({ sender, senderFrame }) => windows.of(sender)?.connect(senderFrame))
  ipcMain.on(DROPPED, ({ sender, senderFrame }, file: unknown) => {
    const window = windows.of(sender)
    if (window?.isPage(senderFrame) === true && typeof file === 'string') window.access.drop(file)
  })
}

/**
 * However the app is asked to quit (menu, keys, system, signal): windows with something to lose are asked first, runs save their state, and
 * then the local Kafka ends, where the app started it.
 */
function quitInOrder(windows: StudioWindows): void {
  app.on('before-quit', (event) => {
    if (windows.quitting) return
    event.preventDefault()
    windows.requestQuit()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' || windows.quitting) app.quit()
  })
  let allEnded = false
  app.on('will-quit', (event) => {
    if (allEnded) return
    event.preventDefault()
    void endAll(windows).then(() => {
      allEnded = true
      app.quit()
    })
  })
}

/** Never rejects: the app would neither go on nor end. */
async function endAll(windows: StudioWindows): Promise<void> {
  const say = (words: unknown): void => void process.stderr.write(`${String(words)}\n`)
  await windows.allEnded().catch(say)
  await stopOwnKafkaOf(process.pid, defaultDataDir(process.env), say).catch(say)
}

import './zod-jitless.ts'
import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/jetbrains-mono/index.css'
import '@mantine/core/styles.css'
import '../style/tokens.css'
import '../style/base.css'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { installKeys } from '../commands/keys.ts'
import { showMenu } from '../commands/show-menu.ts'
import { describeWindow, followShell } from '../files/follow-shell.ts'
import { recover } from '../files/recover.ts'
import { connectBrowser } from '../host/browser-host.ts'
import { connectDesktop } from '../host/desktop-host.ts'
import type { Host } from '../host/host.ts'
import { announceProblems } from '../problems/announce-problems.ts'
import { announceOutage } from '../run/announce-outage.ts'
import { attachRuns } from '../run/attach-runs.ts'
import { afterPaint } from '../state/after-paint.ts'
import { createAnnouncer } from '../state/announcer.ts'
import { compileInWorker } from '../state/compile-in-worker.ts'
import { createCompiledStore } from '../state/compiled-store.ts'
import { createDocumentStore } from '../state/document-store.ts'
import { createModeStore } from '../state/mode-store.ts'
import { createRunStore } from '../state/run-store.ts'
import { createSelectionStore } from '../state/selection-store.ts'
import { createViewStore } from '../state/view-store.ts'
import { ThemeProvider } from '../style/ThemeProvider.tsx'
import { App } from './App.tsx'
import { createFocusBoard } from './focus.ts'
import { keepView } from './keep-view.ts'
import { loadLateParts } from './late.ts'
import type { Studio } from './studio.ts'
import { StudioProvider } from './studio-context.tsx'

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`index.html has no #${id}.`)
  return found
}

async function createStudio(host: Host): Promise<Studio> {
  const documents = createDocumentStore()
  return {
    documents,
    compiled: createCompiledStore(documents, compileInWorker()),
    selection: createSelectionStore(),
    mode: createModeStore(),
    runs: createRunStore(),
    view: createViewStore(),
    announcer: createAnnouncer({ say: element('say'), alarm: element('alarm') }),
    focus: createFocusBoard(),
    canvas: { port: undefined },
    host,
    capabilities: await host.shell.capabilities(),
  }
}

const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
// Where what keeps the page from scrolling behind a dialog looks for it.
Object.assign(window, { __webpack_nonce__: nonce })

async function main(): Promise<void> {
  const waiting = setTimeout(() => {
    element('root').textContent = 'Connecting to Millrace…'
  }, WORDS_AFTER_MS)
  const host = await (window.millrace === undefined ? connectBrowser() : connectDesktop(window.millrace))
  const studio = await createStudio(host)
  clearTimeout(waiting)
  element('root').textContent = ''
  keepView(studio.view)
  attachRuns(studio)
  announceOutage(studio)
  installKeys(studio)
  const { forget } = await recover(studio)
  await followShell(studio, forget)
  // The page is drawn first: what is told the window starts the engine, which wants the processors.
  const drawn = (): void => {
    describeWindow(studio)
    showMenu(studio)
    announceProblems(studio)
    loadLateParts()
  }
  createRoot(element('root')).render(
    <ThemeProvider view={studio.view} nonce={nonce}>
      <StudioProvider studio={studio}>
        <App />
        <Drawn then={drawn} />
      </StudioProvider>
    </ThemeProvider>,
  )
}

/** Calls `then` once, when all that stands before it is on the screen. */
function Drawn({ then }: { readonly then: () => void }) {
  useEffect(() => afterPaint(then), [then])
  return null
}

/** Nobody reads anything in less. */
const WORDS_AFTER_MS = 1500

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error)
  element('root').textContent = `Millrace could not start: ${reason} Load the page again.`
})

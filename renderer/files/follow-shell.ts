import type { ShellEvent } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Studio } from '../app/studio.ts'
import { commandNamed } from '../commands/commands.ts'
import { runCommand } from '../commands/run-command.ts'
import { refusalOf } from '../host/refusal.ts'
import { isEdited } from '../state/document-store.ts'
import { isUnderWay } from '../state/run-store.ts'
import { closeWindow } from './close-window.ts'
import { showOpened } from './document-files.ts'
import { documentName } from './document-name.ts'
import { showFailure } from './show-failure.ts'

const AGAIN_MS = 1000

/**
 * Does what the window asks for. `leaving`: the user lets go of what is not saved. Resolves when the document with which the window began is
 * there, or when there is none.
 */
export async function followShell(studio: Studio, leaving: () => void): Promise<void> {
  const first = followEvents(studio, leaving)
  if (studio.capabilities.host === 'browser') warnBeforeUnload(studio, leaving)
  if (new URLSearchParams(window.location.search).has('opening'))
    await Promise.race([first, new Promise((resolve) => setTimeout(resolve, MOST_WAIT_MS))])
}

/** A file that takes longer is seen to come. */
const MOST_WAIT_MS = 500

/** Tells the window what is open. */
export function describeWindow(studio: Studio): void {
  const { documents, runs, view, host } = studio
  let last = ''
  const describe = (): void => {
    const { gallery } = view.getState()
    const state = documents.getState()
    const edited = isEdited(state)
    const title = gallery && state.document.nodes.length === 0 ? 'Millrace' : documentName(state)
    const place = state.place === undefined ? {} : { path: state.place.path }
    const description = { title, edited, running: isUnderWay(runs.getState().run), ...place }
    const text = JSON.stringify(description)
    if (text === last) return
    last = text
    document.title = title === 'Millrace' ? title : `${edited ? '• ' : ''}${title} – Millrace`
    // A window that is gone needs no title.
    host.shell.window.describe(description).catch(() => undefined)
  }
  documents.subscribe(describe)
  runs.subscribe(describe)
  view.subscribe(describe)
  describe()
}

/** For as long as the page lives; after the connection broke, again. Resolves with the first event. */
function followEvents(studio: Studio, leaving: () => void): Promise<void> {
  return new Promise((came) => {
    const follow = async (): Promise<void> => {
      for (;;) {
        try {
          for await (const event of await studio.host.shell.events())
            take(studio, event, leaving).then(came, (error: unknown) => {
              showFailure(studio, 'That did not work', refusalOf(error).message)
              came()
            })
        } catch {
          // Said where something is asked of the shell; here there is nothing to say.
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
    void follow()
  })
}

async function take(studio: Studio, event: ShellEvent, leaving: () => void): Promise<void> {
  switch (event.type) {
    case 'command': {
      const command = commandNamed(event.id)
      if (command !== undefined && command.enabled?.(studio) !== false) await runCommand(studio, command)
      return
    }
    case 'open-document':
      await showOpened(studio, event.document)
      return
    case 'open-failed':
      showFailure(studio, `${event.path.split(/[\\/]/).at(-1) ?? event.path} could not be opened`, event.message)
      return
    case 'close-requested':
      await closeWindow(studio, leaving)
      return
    case 'runtime-lost':
      // Shown with the run, which hears of it by its own way.
      return
  }
}

/** The browser asks in words of its own; whoever leaves then lets go of the changes. */
function warnBeforeUnload({ documents }: Studio, leaving: () => void): void {
  let asked = false
  window.addEventListener('beforeunload', (event) => {
    asked = isEdited(documents.getState())
    if (asked) event.preventDefault()
  })
  window.addEventListener('pagehide', () => {
    if (asked) leaving()
  })
}

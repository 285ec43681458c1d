import path from 'node:path'
import { implement } from '@orpc/server'
import { type OpenedDocument, type ShellCapabilities, shellApi } from '../../pipeline-runtime/rpc/shell-api.ts'
import { Refusal } from '../../pipeline-runtime/server/refusal.ts'
import type { ConnectionFile } from '../../pipeline-runtime/server/shell/connection-file.ts'
import { readDocumentFile, writeDocumentFile } from '../../pipeline-runtime/server/shell/document-files.ts'
import type { KeptSecrets } from '../../pipeline-runtime/server/shell/kept-secrets.ts'
import type { RecentDocuments } from '../../pipeline-runtime/server/shell/recent-documents.ts'
import { replaceFile } from '../../pipeline-runtime/server/shell/replace-file.ts'
import { askForDataFile, askForDocument, askToAllow, askWhereToExport, askWhereToSave } from './dialogs.ts'
import { openGuide } from './guide.ts'
import { pathInDocument } from './path-in-document.ts'
import type { StudioWindow } from './studio-window.ts'

export interface ShellParts {
  readonly version: string
  readonly recent: RecentDocuments
  readonly connections: ConnectionFile
  readonly secrets: KeptSecrets
  /** A document was opened or saved. */
  used(file: string): void
  openWindow(): void
  menuChanged(window: StudioWindow): void
}

/** The shell of the desktop app, for the page of one window. */
export function desktopShell(window: StudioWindow, parts: ShellParts) {
  const shell = implement(shellApi)

  const open = async (file: string): Promise<OpenedDocument> => {
    const opened = await openedDocument(file)
    window.allowDocument(file)
    parts.used(file)
    return opened
  }
  const save = async (file: string, text: string, revision: string | undefined) => {
    const written = await writeDocumentFile(file, text, { revision, overwrite: true })
    window.allowDocument(file)
    parts.used(file)
    return { ...placed(file), revision: written }
  }
  const allowFile = (file: string, folder: string): { readonly path: string } => {
    window.runtime.allow(path.dirname(file))
    return { path: pathInDocument(folder, file) }
  }

  return shell.router({
    capabilities: shell.capabilities.handler(() => capabilities(parts.version, parts.secrets.isThere)),
    events: shell.events.handler(({ signal }) => window.events.listen(signal)),
    documents: {
      open: shell.documents.open.handler(async ({ input }) => {
        if (input.path === undefined) {
          const chosen = await askForDocument(window.browser, window.folder)
          return chosen === undefined ? null : open(chosen)
        }
        if (await isRecent(parts.recent, input.path)) window.access.allow(input.path)
        // A document that was dropped: the preload's word of it may still be on its way.
        else await window.access.wasDropped(input.path)
        window.access.check(input.path)
        return open(input.path)
      }),
      save: shell.documents.save.handler(({ input: { path: file, text, revision } }) => {
        window.access.check(file)
        return save(file, text, revision)
      }),
      saveAs: shell.documents.saveAs.handler(async ({ input: { suggestedName, text } }) => {
        const chosen = await askWhereToSave(window.browser, window.folder, suggestedName)
        return chosen === undefined ? null : save(chosen, text, undefined)
      }),
      recent: shell.documents.recent.handler(() => parts.recent.list()),
      list: shell.documents.list.handler(() => []),
      exportText: shell.documents.exportText.handler(async ({ input: { suggestedName, text } }) => {
        const chosen = await askWhereToExport(window.browser, window.folder, suggestedName)
        if (chosen === undefined) return null
        await replaceFile(chosen, Buffer.from(text, 'utf8'))
        return { path: chosen }
      }),
    },
    files: {
      choose: shell.files.choose.handler(async ({ input: { purpose, folder } }) => {
        const chosen = await askForDataFile(window.browser, folder || window.folder, purpose)
        return chosen === undefined ? null : allowFile(chosen, folder)
      }),
      allowDropped: shell.files.allowDropped.handler(async ({ input: { path: file, folder } }) => {
        await window.access.checkDropped(file)
        return allowFile(file, folder)
      }),
      upload: shell.files.upload.handler(() => {
        throw new Refusal('NOT_HERE', 'The desktop app reads files where they are. Drop the file itself.')
      }),
      askToAllow: shell.files.askToAllow.handler(async ({ input: { path: named, folder } }) => {
        const file = path.resolve(folder || window.folder, named)
        const allowed = await askToAllow(window.browser, window.description.title, file)
        if (allowed) window.runtime.allow(path.dirname(file))
        return { allowed }
      }),
    },
    connections: {
      list: shell.connections.list.handler(() => parts.connections.list()),
      save: shell.connections.save.handler(async ({ input: { secrets, renamed, ...connection } }) => {
        const undo = await parts.secrets.keep(connection, secrets, renamed)
        try {
          await parts.connections.save(connection, renamed)
        } catch (error) {
          await undo()
          throw error
        }
      }),
      remove: shell.connections.remove.handler(async ({ input: { name } }) => {
        await parts.connections.remove(name)
        await parts.secrets.forget(name)
      }),
    },
    window: {
      describe: shell.window.describe.handler(({ input }) => window.describe(input)),
      confirmClose: shell.window.confirmClose.handler(({ input }) => {
        if (input.how === 'close') window.confirmClose()
        else window.keepRunning()
      }),
      setMenu: shell.window.setMenu.handler(({ input }) => {
        window.commands = input.commands
        parts.menuChanged(window)
      }),
      open: shell.window.open.handler(() => parts.openWindow()),
      openGuide: shell.window.openGuide.handler(openGuide),
    },
  })
}

export async function openedDocument(file: string): Promise<OpenedDocument> {
  return { ...placed(file), ...(await readDocumentFile(file)) }
}

function placed(file: string): { readonly path: string; readonly name: string; readonly folder: string } {
  return { path: file, name: path.basename(file), folder: path.dirname(file) }
}

async function isRecent(recent: RecentDocuments, file: string): Promise<boolean> {
  return (await recent.list()).some((document) => document.path === file)
}

function capabilities(version: string, keychain: boolean): ShellCapabilities {
  const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
  const secrets = keychain ? 'keychain' : 'environment'
  return { host: 'desktop', version, platform, documents: 'dialogs', tray: true, menus: true, secrets }
}

import path from 'node:path'
import { implement } from '@orpc/server'
import { IN_KEYCHAIN } from '../../connectors/connection-kind.ts'
import type { KafkaConfig } from '../../connectors/kafka/connection.ts'
import type { TypedSecrets } from '../../rpc/run-target.ts'
import { type SavedDocument, type ShellCapabilities, type ShellEvent, shellApi } from '../../rpc/shell-api.ts'
import { Refusal } from '../refusal.ts'
import { type ConnectionFile, connectionFile } from './connection-file.ts'
import { readDocumentFile, writeDocumentFile } from './document-files.ts'
import type { DocumentFolder } from './document-folder.ts'
import type { RecentDocuments } from './recent-documents.ts'

export interface FolderShellOptions {
  readonly folder: DocumentFolder
  readonly recent: RecentDocuments
  readonly version: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The shell of `millrace serve`: documents of one folder, no dialogs, no windows. */
export function folderShell({ folder, recent, version, environment }: FolderShellOptions) {
  const shell = implement(shellApi)
  const connections: ConnectionFile = connectionFile(path.join(folder.root, 'connections.json'), environment)

  const save = async (relative: string, text: string, how: { readonly revision?: string | undefined; readonly overwrite: boolean }) => {
    const file = folder.document(relative)
    const revision = await writeDocumentFile(file, text, how)
    await recent.add(file)
    return { ...placed(file), revision }
  }
  const placed = (file: string): Omit<SavedDocument, 'revision'> => ({
    path: folder.relative(file),
    name: path.basename(file),
    folder: path.dirname(file),
  })

  return shell.router({
    capabilities: shell.capabilities.handler(() => capabilities(folder, version)),
    events: shell.events.handler(({ signal }) => silence(signal)),
    documents: {
      open: shell.documents.open.handler(async ({ input }) => {
        if (input.path === undefined) return null
        const file = folder.document(input.path)
        const read = await readDocumentFile(file)
        await recent.add(file)
        return { ...placed(file), ...read }
      }),
      save: shell.documents.save.handler(({ input: { path: relative, text, revision } }) =>
        save(relative, text, { revision, overwrite: true }),
      ),
      saveAs: shell.documents.saveAs.handler(({ input: { path: relative, suggestedName, text, overwrite } }) =>
        save(relative ?? suggestedName, text, { overwrite }),
      ),
      recent: shell.documents.recent.handler(async () => {
        const inside = (await recent.list()).filter((document) => document.path.startsWith(folder.root + path.sep))
        return inside.map((document) => ({ ...document, path: folder.relative(document.path) }))
      }),
      list: shell.documents.list.handler(() => folder.list()),
      exportText: shell.documents.exportText.handler(async ({ input: { suggestedName, text } }) => ({
        path: folder.relative(await folder.storeExport(suggestedName, text)),
      })),
    },
    files: {
      choose: shell.files.choose.handler(() => null),
      allowDropped: shell.files.allowDropped.handler(() => {
        throw new Refusal('NOT_HERE', 'A browser does not tell where a file is. Drop it again: its content is stored in the folder.')
      }),
      upload: shell.files.upload.handler(async ({ input: { name, base64, folder: beside } }) => {
        const file = await folder.storeData(name, fromBase64(base64), beside)
        return {
          path: path
            .relative(beside === '' ? folder.root : beside, file)
            .split(path.sep)
            .join('/'),
        }
      }),
      askToAllow: shell.files.askToAllow.handler(() => ({ allowed: false })),
    },
    connections: {
      list: shell.connections.list.handler(() => connections.list()),
      save: shell.connections.save.handler(({ input: { secrets, renamed, ...connection } }) => {
        refuseSecrets(secrets, connection.config)
        return connections.save(connection, renamed)
      }),
      remove: shell.connections.remove.handler(({ input }) => connections.remove(input.name)),
    },
    window: {
      describe: shell.window.describe.handler(nothing),
      confirmClose: shell.window.confirmClose.handler(nothing),
      setMenu: shell.window.setMenu.handler(nothing),
      open: shell.window.open.handler(nothing),
      openGuide: shell.window.openGuide.handler(nothing),
    },
  })
}

/** There is no keychain of a browser's user here: secrets are those of the environment in which the server was started. */
function refuseSecrets(secrets: TypedSecrets, config: KafkaConfig): void {
  const isKept = Object.values(config).some((value) => value === IN_KEYCHAIN)
  if (Object.keys(secrets).length === 0 && !isKept) return
  throw new Refusal('NO_KEYCHAIN', 'This host keeps no secrets. Give them in the environment of the server, and name the variable here.')
}

/** Windows and menus are the browser's. */
function nothing(): void {}

function capabilities(folder: DocumentFolder, version: string): ShellCapabilities {
  const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux'
  return { host: 'browser', version, platform, documents: 'folder', folder: folder.root, tray: false, menus: false, secrets: 'environment' }
}

function fromBase64(base64: string): Buffer {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64').replaceAll('=', '') !== base64.replaceAll('=', ''))
    throw new Refusal('UPLOAD_DAMAGED', 'The content of the file did not arrive whole. Drop it again.')
  return bytes
}

/** Nothing happens outside of the page here; the stream stays open, as the contract has it. */
async function* silence(signal: AbortSignal | undefined): AsyncGenerator<ShellEvent, void> {
  await new Promise<void>((resolve) => {
    if (signal?.aborted === true) resolve()
    else signal?.addEventListener('abort', () => resolve(), { once: true })
  })
  yield* []
}

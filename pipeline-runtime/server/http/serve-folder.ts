import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { RPCHandler } from '@orpc/server/ws'
import { wireForms } from '../../rpc/wire-forms.ts'
import { refuseInWords } from '../refusal.ts'
import type { RunWatch } from '../run-logs.ts'
import { createRuntime } from '../runtime.ts'
import { DocumentFolder } from '../shell/document-folder.ts'
import { folderShell } from '../shell/folder-shell.ts'
import { recentDocuments } from '../shell/recent-documents.ts'
import { startPageServer } from './page-server.ts'

const MB = 1024 * 1024
const LAST_WORDS_MS = 50

export interface ServeOptions {
  readonly folder: string
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  readonly pageFolder: string
  readonly dataDir: string
  readonly version: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Unexpected errors of calls. */
  readonly log: (error: unknown) => void
  readonly watch?: RunWatch | undefined
}

export interface Served {
  readonly port: number
  readonly addresses: readonly string[]
  /** Stops runs (their state is saved), then closes everything. */
  close(): Promise<void>
}

/** The whole of `millrace serve`: page, shell over one folder, runtime. */
export async function serveFolder(options: ServeOptions): Promise<Served> {
  const { host, port, pageFolder, dataDir, version, environment, log, watch } = options
  const folder = await DocumentFolder.of(options.folder)
  const recent = recentDocuments(path.join(dataDir, 'recent-documents.json'))
  const clientInterceptors = [refuseInWords(log)]
  const shell = new RPCHandler(folderShell({ folder, recent, version, environment }), { clientInterceptors })
  const runtime = createRuntime({ dataDir, version, root: folder.root, log, watch })
  const engine = new RPCHandler(runtime.router, { clientInterceptors, customJsonSerializers: wireForms })
  const server = await startPageServer({
    host,
    port,
    pageFolder,
    sockets: {
      // Uploads cross in one message, as base64.
      shell: { maxPayload: 100 * MB, upgrade: (socket) => void shell.upgrade(socket) },
      // A run comes with its spec, which may be as large as a document and some more.
      runtime: { maxPayload: 32 * MB, upgrade: (socket) => void engine.upgrade(socket) },
    },
  })
  return {
    port: server.port,
    addresses: server.addresses,
    async close() {
      // First the runs, and a moment for the streams, so that the page still sees how they ended.
      await runtime.close()
      await setTimeout(LAST_WORDS_MS)
      await server.close()
    },
  }
}

import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client'
import type { Host, RuntimeClient, ShellClient } from './host.ts'
import { ChangingRuntimeLink } from './runtime-link.ts'
import { ConnectionLost, keepOpen } from './serve-socket.ts'

/** Two sockets to `millrace serve`, opened again when they break. Resolves when the first one to the shell is open. */
export async function connectBrowser(): Promise<Host> {
  const runtime = new ChangingRuntimeLink()
  keepOpen('runtime', {
    opened: (link) => runtime.came(createORPCClient<RuntimeClient>(link)),
    lost: (reason) => runtime.went(reason),
  })
  return { shell: createORPCClient<ShellClient>(await connectShell()), runtime, pathOfFile: () => undefined }
}

/** Calls go over the socket that is open then. */
function connectShell(): Promise<ClientLink<ClientContext>> {
  let current: ClientLink<ClientContext> | undefined
  let whyLost: string | undefined
  const link: ClientLink<ClientContext> = {
    call: (path, input, options) => current?.call(path, input, options) ?? Promise.reject(new ConnectionLost(whyLost)),
  }
  return new Promise((resolve) => {
    keepOpen('shell', {
      opened: (opened) => {
        current = opened
        resolve(link)
      },
      lost: (reason) => {
        current = undefined
        whyLost = reason
      },
    })
  })
}

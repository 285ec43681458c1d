import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { Host, RuntimeClient, ShellClient } from './host.ts'
import { ChangingRuntimeLink } from './runtime-link.ts'

const RECONNECT_MS = 1000

/** Two sockets to `millrace serve`, opened again when they break. Resolves when the first one to the shell is open. */
export async function connectBrowser(): Promise<Host> {
  const runtime = new ChangingRuntimeLink()
  const keepRuntime = (): void => {
    const socket = open('runtime')
    socket.addEventListener('open', () => runtime.came(createORPCClient<RuntimeClient>(new RPCLink({ websocket: socket }))))
    socket.addEventListener('close', () => {
      runtime.went('The connection to "millrace serve" is lost.')
      setTimeout(keepRuntime, RECONNECT_MS)
    })
  }
  keepRuntime()
  const socket = open('shell')
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  return { shell: createORPCClient<ShellClient>(new RPCLink({ websocket: socket })), runtime, pathOfFile: () => undefined }
}

function open(name: 'shell' | 'runtime'): WebSocket {
  const { protocol, host } = window.location
  return new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc/${name}`)
}

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { RuntimeApi } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { ShellApi } from '../../pipeline-runtime/rpc/shell-api.ts'
import { wireForms } from '../../pipeline-runtime/rpc/wire-forms.ts'
import type { Server } from '../browser/serve-process.ts'

export interface ServeClient {
  readonly shell: ContractRouterClient<ShellApi>
  readonly runtime: ContractRouterClient<RuntimeApi>
  /** As a page that is closed. */
  leave(): void
}

/** Comes in as the page does: token, cookie, two sockets. */
export async function connectTo({ address, origin }: Server): Promise<ServeClient> {
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const open = (name: string): WebSocket =>
    new WebSocket(`${origin.replace('http', 'ws')}/rpc/${name}`, { headers: { Origin: origin, Cookie: cookie } })
  const [shell, runtime] = [open('shell'), open('runtime')]
  return {
    shell: createORPCClient(linkOver(shell)),
    runtime: createORPCClient(linkOver(runtime)),
    leave() {
      shell.terminate()
      runtime.terminate()
    },
  }
}

/** `ws` has the events of a browser's socket; its types name them otherwise. */
function linkOver(socket: WebSocket): RPCLink<Record<never, never>> {
  return new RPCLink({ websocket: socket as unknown as globalThis.WebSocket, customJsonSerializers: wireForms })
}

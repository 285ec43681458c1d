import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RefusalData } from '../../pipeline-runtime/rpc/runtime-api.ts'
import { wireForms } from '../../pipeline-runtime/rpc/wire-forms.ts'

type Link = ClientLink<ClientContext>

const LOST = 'The connection to "millrace serve" is lost. It is tried again; what you drew is still here.'
const NEW_TOKEN =
  '"millrace serve" was started anew. Open the address that it printed in another tab, and this page goes on; what you drew is still here.'

const RETRY_MS = [500, 1000, 2000, 4000]

/** Keeps a socket to `millrace serve` open: when it breaks, the next one is tried. */
export function keepOpen(name: 'shell' | 'runtime', on: { opened(link: Link): void; lost(reason: string): void }): void {
  let failures = 0
  const open = (): void => {
    const { protocol, host } = window.location
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc/${name}`)
    socket.addEventListener('open', () => {
      failures = 0
      on.opened(new SocketLink(socket))
    })
    socket.addEventListener('close', () => {
      const failure = ++failures
      setTimeout(open, RETRY_MS[Math.min(failure, RETRY_MS.length) - 1])
      // The first time nothing is known but that it broke; then the server is asked whether it knows this browser still.
      if (failure === 1) return on.lost(LOST)
      void isUnknownBrowser().then((unknown) => {
        // An answer that comes late says nothing of a socket that has been opened meanwhile.
        if (failures === failure) on.lost(unknown ? NEW_TOKEN : LOST)
      })
    })
  }
  open()
}

/** True where a server answers and does not take our cookie: it is another one than that which gave it. */
async function isUnknownBrowser(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).status === 403
  } catch {
    return false
  }
}

/** A call cannot be made or was cut off, because there is no connection; `data` as of a refusal. */
export class ConnectionLost extends Error {
  readonly data: RefusalData

  constructor(message = LOST) {
    super(message)
    this.name = 'ConnectionLost'
    this.data = { code: 'CONNECTION_LOST', message }
  }
}

/** Calls over one socket; one that the end of the socket cuts off says so in words. */
class SocketLink implements Link {
  private readonly socket: WebSocket
  private readonly link: RPCLink<ClientContext>

  constructor(socket: WebSocket) {
    this.socket = socket
    this.link = new RPCLink({ websocket: socket, customJsonSerializers: wireForms })
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    try {
      return await this.link.call(path, input, options)
    } catch (error) {
      if (this.socket.readyState === WebSocket.OPEN || options.signal?.aborted === true) throw error
      throw new ConnectionLost()
    }
  }
}

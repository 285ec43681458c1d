import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Gate, isOwnHost } from './gate.ts'

/** What answers on one socket. */
export interface SocketEnd {
  /** Bytes of one message at most; a longer one closes the socket. */
  readonly maxPayload: number
  upgrade(socket: WebSocket): void
}

const GOING_AWAY = 1001
const PING_MS = 30_000

/** Takes `/rpc/NAME` for those who have the cookie and come from our own page. Returns what closes all sockets. */
export function acceptSockets(server: Server, gate: Gate, ends: Readonly<Record<string, SocketEnd>>): () => Promise<void> {
  const servers = new Map<string, WebSocketServer>(Object.entries(ends).map(([name, end]) => [`/rpc/${name}`, socketServer(end)]))
  server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy())
    const refusal = whyNot(gate, request)
    if (refusal !== undefined) return refuse(socket, '403 Forbidden', refusal)
    const target = servers.get(request.url ?? '')
    if (target === undefined) return refuse(socket, '404 Not Found', 'There is nothing at this address.')
    target.handleUpgrade(request, socket, head, (accepted) => target.emit('connection', accepted, request))
  })
  const pinging = setInterval(() => {
    for (const { clients } of servers.values()) for (const client of clients) pingOrEnd(client)
  }, PING_MS)
  pinging.unref()
  return async () => {
    clearInterval(pinging)
    await Promise.all([...servers.values()].map(closeClients))
  }
}

function socketServer({ maxPayload, upgrade }: SocketEnd): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, clientTracking: true })
  sockets.on('connection', (socket) => {
    // Without a listener a message that is too long, or a connection that breaks, would end the process.
    socket.on('error', () => socket.terminate())
    socket.on('pong', () => silent.delete(socket))
    upgrade(socket)
  })
  return sockets
}

/** Sockets that did not answer the last ping. */
const silent = new WeakSet<WebSocket>()

/** A page that fell asleep or lost its network does not keep its streams going for ever. */
function pingOrEnd(socket: WebSocket): void {
  if (silent.has(socket)) socket.terminate()
  else {
    silent.add(socket)
    socket.ping()
  }
}

async function closeClients(target: WebSocketServer): Promise<void> {
  for (const client of target.clients) client.close(GOING_AWAY, 'millrace serve was stopped')
  const patience = setTimeout(() => {
    for (const client of target.clients) client.terminate()
  }, 500)
  await new Promise<void>((resolve) => target.close(() => resolve()))
  clearTimeout(patience)
}

function whyNot(gate: Gate, request: IncomingMessage): string | undefined {
  if (!isOwnHost(gate, request)) return 'This address is not the one that "millrace serve" printed.'
  if (request.headers.origin !== `http://${request.headers.host}`) return 'Only the page of this server may connect.'
  return gate.session.hasCookie(request.headers.cookie) ? undefined : 'Open the address that "millrace serve" printed.'
}

function refuse(socket: Duplex, status: string, text: string): void {
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  )
}

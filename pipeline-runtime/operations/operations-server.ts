import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inUrl, isLoopback, ownHosts, reachableHosts } from '../server/http/own-hosts.ts'
import { type Answer, health } from './health.ts'
import type { Operations } from './operations.ts'

export interface OperationsServerOptions {
  readonly operations: Operations
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** What `/readyz` says. */
  readonly readiness: () => Answer
}

export interface OperationsServer {
  readonly port: number
  /** Of `/metrics`. */
  readonly address: string
  close(): Promise<void>
}

const INDEX = `Millrace
/metrics   figures, as Prometheus reads them
/healthz   200 while the process works
/readyz    200 when it does what it is there for
`

/** `/metrics`, `/healthz`, `/readyz`: to be read by whoever reaches them, nothing to be changed. Rejects with words where the port cannot be had. */
export async function startOperationsServer(options: OperationsServerOptions): Promise<OperationsServer> {
  const { host } = options
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 })
  const port = await listen(server, host, options.port)
  // On other addresses a scraper may come by any name, such as that of a container.
  const hosts = isLoopback(host) ? ownHosts(host, port) : undefined
  server.on('request', (request, response) => void answer(options, hosts, request, response))
  // A process whose work is done does not stay for whoever could ask.
  server.unref()
  return {
    port,
    address: `http://${inUrl(reachableHosts(host)[0] ?? host)}:${port}/metrics`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(
  { operations, readiness }: OperationsServerOptions,
  hosts: ReadonlySet<string> | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', () => response.destroy())
  const send = (status: number, type: string, text: string) => {
    response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    response.end(request.method === 'HEAD' ? undefined : text)
  }
  const sendJson = ({ status, body }: Answer) => send(status, 'application/json; charset=utf-8', `${JSON.stringify(body)}\n`)
  // A name that somebody let point here would bring a stranger's page past the browser's rules.
  if (hosts !== undefined && !hosts.has((request.headers.host ?? '').toLowerCase()))
    return send(403, 'text/plain; charset=utf-8', 'This address is not one of this machine.\n')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return send(405, 'text/plain; charset=utf-8', 'Only GET and HEAD.\n')
  }
  try {
    switch ((request.url ?? '/').split('?')[0]) {
      case '/metrics':
        return send(200, operations.contentType, await operations.text())
      case '/healthz':
        return sendJson(health(operations.runs(), Date.now()))
      case '/readyz':
        return sendJson(readiness())
      case '/':
        return send(200, 'text/plain; charset=utf-8', INDEX)
      default:
        return send(404, 'text/plain; charset=utf-8', `There is nothing here. ${INDEX}`)
    }
  } catch (error) {
    send(500, 'text/plain; charset=utf-8', `The figures cannot be read: ${error instanceof Error ? error.message : String(error)}\n`)
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)))
    server.listen({ host, port }, () => {
      server.removeAllListeners('error')
      // A connection that cannot be taken must not end the run.
      server.on('error', () => {})
      resolve((server.address() as AddressInfo).port) // Of a server that listens on TCP.
    })
  })
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(
        `The metrics port ${port} of ${host} is in use by another program, perhaps another run of Millrace. Give this run one of its own with --metrics-port; 0 takes any free one.`,
      )
    case 'EACCES':
      return new Error(`The metrics port ${port} may not be opened with your rights. Ports below 1024 are the system's; take a higher one.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Error(
        `--metrics-host ${host} is not an address of this machine. Leave it out for this machine only, or use 0.0.0.0 for all its addresses.`,
      )
    default:
      return error
  }
}

import { lookup } from 'node:dns/promises'
import net from 'node:net'
import { createKafkaPort } from '../connectors/kafka/kafka-log-port.ts'
import { LogError } from '../connectors/log-port.ts'
import type { ConnectionStep } from '../rpc/runtime-api.ts'
import type { Target } from '../runner/targets.ts'

/** Together they stay below ten seconds. */
const FIND_MS = 2_000
const CONNECT_MS = 2_000
const ASK_MS = 3_500
const SHOWN_BROKERS = 5

/** One step after the other up to the first that fails; each says what was found or what to try. */
export async function testConnection(target: Target): Promise<readonly ConnectionStep[]> {
  if (target.type === 'sample')
    return [{ name: 'Sample data', ok: true, message: 'Sample data is made on this computer; there is nothing to connect to.' }]
  const { bootstrap } = target.config
  const servers = bootstrap.split(',').map((server) => server.trim())
  const steps: ConnectionStep[] = []
  for (const step of [() => findHosts(servers), () => connect(servers), () => askKafka(bootstrap)]) {
    const result = await step()
    steps.push(result)
    if (!result.ok) break
  }
  return steps
}

async function findHosts(servers: readonly string[]): Promise<ConnectionStep> {
  const name = 'Find the host'
  const hosts = [...new Set(servers.map((server) => hostOf(server)))]
  const found = await Promise.all(hosts.map(async (host) => ({ host, address: await within(FIND_MS, addressOf(host)) })))
  const known = found.flatMap(({ host, address }) => (address === undefined ? [] : [host === address ? host : `${host} is ${address}`]))
  if (known.length > 0) return { name, ok: true, message: `${known.join(', ')}.` }
  return {
    name,
    ok: false,
    message: `No computer called ${hosts.join(' or ')} is known here. Check the spelling, and whether a VPN has to be on.`,
  }
}

async function addressOf(host: string): Promise<string | undefined> {
  return lookup(host).then(
    ({ address }) => address,
    () => undefined,
  )
}

async function connect(servers: readonly string[]): Promise<ConnectionStep> {
  const name = 'Connect'
  const results = await Promise.all(servers.map(async (server) => ({ server, problem: await knock(server) })))
  const open = results.filter(({ problem }) => problem === undefined).map(({ server }) => server)
  if (open.length > 0) return { name, ok: true, message: `${open.join(', ')} ${open.length === 1 ? 'takes' : 'take'} connections.` }
  return { name, ok: false, message: results.map(({ problem }) => problem).join(' ') }
}

/** Undefined where the port is open, else what is wrong and what to try. */
async function knock(server: string): Promise<string | undefined> {
  const port = Number(server.slice(server.lastIndexOf(':') + 1))
  const code = await new Promise<string | undefined>((resolve) => {
    const socket = net.connect({ host: hostOf(server), port })
    const done = (result: string | undefined) => {
      socket.destroy()
      resolve(result)
    }
    socket.setTimeout(CONNECT_MS, () => done('ETIMEDOUT'))
    socket.once('connect', () => done(undefined))
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
  })
  switch (code) {
    case undefined:
      return undefined
    case 'ECONNREFUSED':
      return `Nothing listens at ${server}. Is Kafka running there, and is the port right? Most often it is 9092.`
    case 'ETIMEDOUT':
      return `${server} does not answer within ${CONNECT_MS / 1000} s. A firewall may be in the way, or a VPN has to be on.`
    default:
      return `${server} cannot be reached (${code}). Check host, port and network.`
  }
}

async function askKafka(bootstrap: string): Promise<ConnectionStep> {
  const name = 'Ask Kafka'
  const port = createKafkaPort({ bootstrap, log: () => {} })
  try {
    const brokers = await within(ASK_MS, port.brokers())
    if (brokers === undefined) return { name, ok: false, message: noKafka(bootstrap) }
    const shown = brokers.slice(0, SHOWN_BROKERS)
    const problems = (await Promise.all(shown.map(knock))).filter((problem) => problem !== undefined)
    if (problems.length === 0) {
      const others = brokers.length - shown.length
      const list = `${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
      return { name, ok: true, message: `Kafka answers: ${brokers.length === 1 ? 'one broker' : `${brokers.length} brokers`}, ${list}.` }
    }
    return {
      name,
      ok: false,
      message: `Kafka answers, but tells clients to go on at ${shown.join(', ')}: ${problems[0]} On the broker, advertised.listeners has to name an address that can be reached from here.`,
    }
  } catch (error) {
    const unreachable = !(error instanceof LogError) || error.code === 'KAFKA_UNREACHABLE'
    return { name, ok: false, message: unreachable ? noKafka(bootstrap) : error.message }
  } finally {
    // A broker that does not answer must not keep the test waiting.
    port.close().catch(() => {})
  }
}

function noKafka(bootstrap: string): string {
  return `Something listens at ${bootstrap}, but it does not answer as Kafka does. Is it the port for clients without sign-in and without TLS?`
}

function hostOf(server: string): string {
  return server.slice(0, server.lastIndexOf(':'))
}

/** Undefined where the work takes longer. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  work.catch(() => {}) // also where nobody waits any more
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

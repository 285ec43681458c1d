import { lookup } from 'node:dns/promises'
import net from 'node:net'
import { errorCode } from '../../../data/error-code.ts'
import { type KafkaSignIn, tlsOptions } from '../sign-in.ts'
import { encryptionTrouble } from './encrypt.ts'
import { type Finding, nameOf, PATIENCE_MS } from './finding.ts'
import { LineTimeout, type Place, WireSocket } from './wire-socket.ts'

/** Passed where one host is known: any broker leads to the others. */
export async function findHosts(places: readonly Place[]): Promise<Finding> {
  const hosts = [...new Set(places.map(({ host }) => host))]
  const found = await Promise.all(hosts.map(async (host) => ({ host, addresses: await addressesOf(host) })))
  const known = found.filter(({ addresses }) => addresses.length > 0)
  const unknown = found.filter(({ addresses }) => addresses.length === 0).map(({ host }) => host)
  const advice = 'Check the spelling, and whether a VPN has to be on.'
  if (known.length === 0) return { state: 'failed', message: `No computer called ${hosts.join(' or ')} is known here.`, advice }
  const message = known.map(({ host, addresses }) => (net.isIP(host) === 0 ? `${host} is ${addresses.join(', ')}` : host)).join('; ')
  if (unknown.length === 0) return { state: 'passed', message: `${message}.` }
  return { state: 'warned', message: `${message}. Not known here: ${unknown.join(', ')}.`, advice }
}

async function addressesOf(host: string): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(() => resolve([]), PATIENCE_MS)
  })
  const found = lookup(host, { all: true }).then(
    (all) => [...new Set(all.map(({ address }) => address))],
    () => [],
  )
  try {
    return await Promise.race([found, late])
  } finally {
    clearTimeout(timer)
  }
}

/** `open`: where something takes connections. */
export async function connect(places: readonly Place[]): Promise<{ readonly finding: Finding; readonly open: readonly Place[] }> {
  const results = await Promise.all(places.map(async (place) => ({ place, trouble: await knock(place) })))
  const open = results.filter(({ trouble }) => trouble === undefined).map(({ place }) => place)
  const closed = results.flatMap(({ trouble }) => trouble ?? [])
  const [first] = closed
  const listed = open.map(nameOf).join(', ')
  const message = `${listed} ${open.length === 1 ? 'takes' : 'take'} connections.`
  if (first === undefined) return { finding: { state: 'passed', message }, open }
  const problems = closed.map(({ problem }) => problem).join(' ')
  if (open.length === 0) return { finding: { state: 'failed', message: problems, advice: first.advice }, open }
  return { finding: { state: 'warned', message: `${message} ${problems}`, advice: first.advice }, open }
}

interface Trouble {
  readonly problem: string
  readonly advice: string
}

async function knock(place: Place): Promise<Trouble | undefined> {
  try {
    const socket = await WireSocket.connect(place, PATIENCE_MS)
    socket.close()
    return undefined
  } catch (error) {
    return connectTrouble(place, error)
  }
}

function connectTrouble(place: Place, error: unknown): Trouble {
  const code = error instanceof LineTimeout ? 'ETIMEDOUT' : codeOf(error)
  switch (code) {
    case 'ECONNREFUSED':
      return {
        problem: `Nothing listens at ${nameOf(place)}.`,
        advice: 'Is Kafka running there, and is the port right? Most often it is 9092 or 9093.',
      }
    case 'ETIMEDOUT':
      return {
        problem: `${nameOf(place)} does not answer within ${PATIENCE_MS / 1000} s.`,
        advice: 'A firewall may be in the way, or a VPN has to be on.',
      }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { problem: `No computer called ${place.host} is known here.`, advice: 'Check the spelling, and whether a VPN has to be on.' }
    default:
      return { problem: `${nameOf(place)} cannot be reached (${code}).`, advice: 'Check host, port and network.' }
  }
}

/** A happy-eyeballs failure holds one error for each address. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  return errorCode(error)
}

const ADVERTISED = 'On the broker, advertised.listeners has to name an address that can be reached from here.'

/** Where the cluster tells clients to go on: each such address has to be reached, and its certificate has to be for it. */
export async function checkBroker(broker: Place, known: Place, tls: KafkaSignIn['tls']): Promise<Finding> {
  if (broker.host === known.host && broker.port === known.port) return { state: 'passed', message: 'This is the broker that answers.' }
  const trouble = await knock(broker)
  if (trouble !== undefined) {
    const message = `The cluster tells clients to go on there. ${trouble.problem}`
    return { state: 'failed', message, advice: `${ADVERTISED} ${trouble.advice}` }
  }
  if (tls === undefined) return { state: 'passed', message: 'It can be reached.' }
  try {
    const socket = await WireSocket.connectTls(broker, tlsOptions(tls), PATIENCE_MS)
    socket.close()
    return { state: 'passed', message: 'It can be reached, and its certificate is good.' }
  } catch (error) {
    const { problem, advice } = await encryptionTrouble(broker, error, tls)
    return { state: 'failed', message: `The cluster tells clients to go on there, and ${problem}.`, advice }
  }
}

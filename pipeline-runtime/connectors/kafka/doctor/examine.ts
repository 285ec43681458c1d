import type { ConnectionStep } from '../../connection-kind.ts'
import { serversOf } from '../connection.ts'
import type { KafkaSignIn } from '../sign-in.ts'
import { askForBrokers, type Found } from './ask-brokers.ts'
import { checkGroup, checkTopic } from './check-rights.ts'
import { encrypt } from './encrypt.ts'
import { type Finding, PATIENCE_MS } from './finding.ts'
import { checkBroker, connect, findHosts } from './reach.ts'
import { signIn as signInAt } from './sign-in-step.ts'
import { type Place, WireSocket } from './wire-socket.ts'

export interface Examined {
  readonly bootstrap: string
  readonly signIn: KafkaSignIn
  readonly topic?: string | undefined
  readonly group?: string | undefined
}

const MOST_BROKERS = 30

/**
 * One step after the other, as it happens: each item is all steps so far. It ends with the first step that later ones rest on and that
 * fails; a broker, topic or group that is out of reach keeps the others from nothing.
 */
export async function* examine({ bootstrap, signIn, topic, group }: Examined): AsyncGenerator<readonly ConnectionStep[], void> {
  const list = new StepList()
  const places = serversOf(bootstrap).map(placeOf)
  let reached: readonly Place[] = []
  let line: WireSocket | undefined
  let cluster: Found | undefined
  try {
    yield* list.take('Find the host', () => findHosts(places))
    if (list.failed) return
    yield* list.take('Connect', async () => {
      const { finding, open } = await connect(places)
      reached = open
      return finding
    })
    if (list.failed) return
    if (signIn.tls !== undefined) {
      yield* list.take('Encrypt the line', async () => {
        const { finding, place } = await encrypt(reached, signIn.tls)
        if (place !== undefined) reached = [place]
        return finding
      })
      if (list.failed) return
    }
    const [place] = reached
    if (place === undefined) return
    if (signIn.sasl !== undefined) {
      yield* list.take('Sign in', async () => {
        const { finding, socket } = await signInAt(place, signIn)
        line = socket
        return finding
      })
      if (list.failed) return
    }
    yield* list.take('Ask Kafka', async () => {
      line ??= await WireSocket.open(place, signIn, PATIENCE_MS)
      const { finding, found } = await askForBrokers(line, place, signIn)
      cluster = found
      return finding
    })
    if (list.failed || cluster === undefined || line === undefined) return
    const { brokers } = cluster
    for (const broker of brokers.slice(0, MOST_BROKERS))
      yield* list.take(`Broker ${broker.host}:${broker.port}`, () => checkBroker(broker, place, signIn.tls))
    const asked = line
    if (topic !== undefined) yield* list.take(`Topic ${topic}`, () => checkTopic(asked, topic))
    if (group !== undefined) yield* list.take(`Group ${group}`, () => checkGroup(asked, place, signIn, group))
  } finally {
    line?.close()
  }
}

/** Steps so far. What a step throws is a fault of the step, and said as such. */
class StepList {
  private readonly steps: ConnectionStep[] = []

  get failed(): boolean {
    return this.steps.at(-1)?.state === 'failed'
  }

  async *take(name: string, work: () => Promise<Finding>): AsyncGenerator<readonly ConnectionStep[], void> {
    yield [...this.steps, { name, state: 'running', message: '' }]
    const startedMs = performance.now()
    const finding = await work().catch(unexpected)
    this.steps.push({ name, ...finding, elapsedMs: Math.round(performance.now() - startedMs) })
    yield [...this.steps]
  }
}

function unexpected(error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    state: 'failed',
    message: `This could not be found out: ${reason}.`,
    advice: 'Try again; if it stays, the broker may be overloaded.',
  }
}

function placeOf(server: string): Place {
  const colon = server.lastIndexOf(':')
  return { host: server.slice(0, colon), port: Number(server.slice(colon + 1)) }
}

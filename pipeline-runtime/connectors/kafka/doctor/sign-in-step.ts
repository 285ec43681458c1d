import type { KafkaSignIn } from '../sign-in.ts'
import { type Finding, PATIENCE_MS, sentence } from './finding.ts'
import { speaksTls } from './probe.ts'
import { scramTalk } from './scram.ts'
import { DoctorCode, type SaslAnswer, saslAuthenticateRequest, saslHandshakeRequest } from './wire-requests.ts'
import { type Place, WireSocket } from './wire-socket.ts'

/** Signs in as kafkajs does, with every answer in hand. `socket` is signed in, and the caller's. */
export async function signIn(place: Place, how: KafkaSignIn): Promise<{ readonly finding: Finding; readonly socket?: WireSocket }> {
  const { sasl } = how
  if (sasl === undefined) throw new Error('there is no sign-in to be tested')
  const socket = await WireSocket.open(place, how, PATIENCE_MS)
  const finding = await attempt(socket, place, how, sasl).catch((error: unknown): Finding => {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      state: 'failed',
      message: `The sign-in broke off: ${reason}.`,
      advice: 'Try again. If it stays, ask whoever runs the cluster what its log says.',
    }
  })
  if (finding.state !== 'failed') return { finding, socket }
  socket.close()
  return { finding }
}

async function attempt(socket: WireSocket, place: Place, how: KafkaSignIn, sasl: NonNullable<KafkaSignIn['sasl']>): Promise<Finding> {
  const { mechanism, username } = sasl
  let offered: { readonly errorCode: number; readonly mechanisms: readonly string[] }
  try {
    offered = await socket.send(saslHandshakeRequest(mechanism))
  } catch (error) {
    // Behind TLS it has answered once; what breaks off then is told as it is.
    if (how.tls !== undefined) throw error
    return silentPort(place)
  }
  if (offered.errorCode === DoctorCode.illegalSaslState)
    return {
      state: 'failed',
      message: 'This port takes clients without sign-in.',
      advice: 'Choose no sign-in, or take the port for clients that sign in.',
    }
  if (offered.errorCode === DoctorCode.unsupportedMechanism)
    return {
      state: 'failed',
      message: `The cluster does not offer ${mechanism}.`,
      advice: `It offers ${offered.mechanisms.join(', ')}: choose one of these.`,
    }
  if (offered.errorCode !== DoctorCode.none)
    return {
      state: 'failed',
      message: `The cluster refuses to talk about a sign-in (code ${offered.errorCode}).`,
      advice: 'Ask whoever runs it.',
    }
  const refused = mechanism === 'PLAIN' ? await plain(socket, sasl) : await scram(socket, mechanism, sasl)
  if (refused !== undefined) return refused
  const message = `Signed in as ${username} with ${mechanism}.`
  if (mechanism === 'PLAIN' && how.tls === undefined)
    return { state: 'warned', message, advice: 'Without TLS the password crosses the network readable. Ask for a port with TLS.' }
  return { state: 'passed', message }
}

async function plain(socket: WireSocket, { username, password }: NonNullable<KafkaSignIn['sasl']>): Promise<Finding | undefined> {
  const answer = await socket.send(saslAuthenticateRequest(Buffer.from(`\0${username}\0${password.reveal()}`, 'utf8')))
  return answer.errorCode === DoctorCode.none ? undefined : refusal(answer, username)
}

async function scram(
  socket: WireSocket,
  mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512',
  { username, password }: NonNullable<KafkaSignIn['sasl']>,
): Promise<Finding | undefined> {
  const talk = scramTalk(mechanism, username, password.reveal())
  const challenge = await socket.send(saslAuthenticateRequest(talk.first()))
  if (challenge.errorCode !== DoctorCode.none) return refusal(challenge, username)
  const proof = talk.final(challenge.bytes)
  if (proof === undefined)
    return { state: 'failed', message: `The broker answers in a way that is not ${mechanism}.`, advice: 'Ask whoever runs the cluster.' }
  const last = await socket.send(saslAuthenticateRequest(proof))
  if (last.errorCode !== DoctorCode.none) return refusal(last, username)
  if (talk.proves(last.bytes)) return undefined
  return {
    state: 'failed',
    message: 'The broker does not know the password either: it may not be the one that it says it is.',
    advice: 'Check the address, and use TLS.',
  }
}

function refusal({ message }: SaslAnswer, username: string): Finding {
  const said = message === '' ? '' : ` It says: ${sentence(message).replace(/\.$/, '')}.`
  return {
    state: 'failed',
    message: `The cluster does not let ${username} in.${said}`,
    advice: 'Check user name and password, and that this user may sign in this way.',
  }
}

async function silentPort(place: Place): Promise<Finding> {
  if (await speaksTls(place))
    return { state: 'failed', message: 'This port speaks TLS.', advice: 'Turn TLS on, or take the port for clients without it.' }
  return { state: 'failed', message: 'Something listens there, but it does not answer as Kafka does.', advice: 'Check the port.' }
}

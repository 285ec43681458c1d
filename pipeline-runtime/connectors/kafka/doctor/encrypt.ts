import { type LineTrouble, lineTrouble } from '../line-trouble.ts'
import { type KafkaSignIn, tlsOptions } from '../sign-in.ts'
import { type Finding, PATIENCE_MS, sentence } from './finding.ts'
import { apiVersionsRequest } from './wire-requests.ts'
import { type Place, WireSocket } from './wire-socket.ts'

const SOON_DAYS = 30
const DAY_MS = 86_400_000

/** TLS with the first place where it comes about. A first answer belongs to it: what a broker misses of the caller it says only then. */
export async function encrypt(
  places: readonly Place[],
  tls: KafkaSignIn['tls'],
): Promise<{ readonly finding: Finding; readonly place: Place | undefined }> {
  if (tls === undefined) throw new Error('there is no TLS to be tested')
  let first: Finding | undefined
  for (const place of places) {
    let socket: WireSocket | undefined
    try {
      socket = await WireSocket.connectTls(place, tlsOptions(tls), PATIENCE_MS)
      const { encryption } = socket
      await socket.send(apiVersionsRequest())
      return { finding: agreed(encryption, tls.checkServerName), place }
    } catch (error) {
      const { problem, advice } = await encryptionTrouble(place, error, tls)
      first ??= { state: 'failed', message: `${sentence(problem)}.`, advice }
    } finally {
      socket?.close()
    }
  }
  return { finding: first ?? { state: 'failed', message: 'No broker takes connections.' }, place: undefined }
}

function agreed(encryption: WireSocket['encryption'], checkServerName: boolean): Finding {
  const { protocol = 'TLS', subject = '', validTo = '' } = encryption ?? {}
  const days = Math.floor((Date.parse(validTo) - Date.now()) / DAY_MS)
  const message = `${protocol}; the certificate${subject === '' ? '' : ` is for ${subject},`} good until ${validTo.replace(/ \d\d:\d\d:\d\d/, '').replace(/ GMT$/, '')}.`
  if (!checkServerName)
    return {
      state: 'warned',
      message,
      advice: 'Its name is not checked: anybody with a certificate of the same authority could answer in its place.',
    }
  if (days < SOON_DAYS)
    return {
      state: 'warned',
      message,
      advice: `It expires ${days < 1 ? 'within a day' : `in ${days} days`}: the cluster needs a new one soon.`,
    }
  return { state: 'passed', message }
}

/** Why an encrypted line does not come about. Where TLS says nothing, the port is asked what else it speaks. */
export async function encryptionTrouble(place: Place, error: unknown, tls: NonNullable<KafkaSignIn['tls']>): Promise<LineTrouble> {
  const text = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : String(error)
  const known = lineTrouble(text)
  if (known !== undefined) return told(known, error, tls.ownCertificate)
  if (await speaksWithoutTls(place))
    return { problem: 'this port speaks Kafka without TLS', advice: 'Turn TLS off, or take the port for clients with TLS, often 9093.' }
  const silent = tls.ownCertificate ? '' : ' Does it want a certificate of whoever calls?'
  return {
    problem: `the encrypted line does not come about (${reasonOf(error)})`,
    advice: `Is this the port for clients with TLS?${silent}`,
  }
}

function told(known: LineTrouble, error: unknown, ownCertificate: boolean): LineTrouble {
  const names = namesOf(error)
  if (names !== undefined) return { problem: `${known.problem}: it is for ${names}`, advice: known.advice }
  // The same alert is sent for none and for a wrong one.
  if (/does not accept/.test(known.problem))
    return ownCertificate
      ? {
          problem: 'the broker does not accept the certificate of this connection',
          advice: 'It has to come from an authority that the broker trusts. Whoever runs the cluster makes it.',
        }
      : {
          problem: 'the broker wants to see a certificate of whoever calls, and this connection has none',
          advice: 'Give the connection its own certificate and private key; whoever runs the cluster makes them.',
        }
  return known
}

/** Of the certificate that is for another host: Node gives it along with the error. */
function namesOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'cert' in error && typeof error.cert === 'object' && error.cert !== null)) return undefined
  const names: unknown = Reflect.get(error.cert, 'subjectaltname')
  return typeof names === 'string' ? names.replaceAll(/(DNS|IP Address):/g, '') : undefined
}

async function speaksWithoutTls(place: Place): Promise<boolean> {
  let socket: WireSocket | undefined
  try {
    socket = await WireSocket.connect(place, PATIENCE_MS)
    await socket.send(apiVersionsRequest())
    return true
  } catch {
    return false
  } finally {
    socket?.close()
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}

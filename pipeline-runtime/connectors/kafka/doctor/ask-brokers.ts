import type { KafkaSignIn } from '../sign-in.ts'
import { type Finding, nameOf } from './finding.ts'
import { offeredMechanisms, speaksTls } from './probe.ts'
import { type ClusterMetadata, metadataRequest } from './wire-requests.ts'
import type { Place, WireSocket } from './wire-socket.ts'

export type Found = Pick<ClusterMetadata, 'brokers'>

/** Which brokers there are, under the addresses by which they want to be called. */
export async function askForBrokers(
  line: WireSocket,
  place: Place,
  signIn: KafkaSignIn,
): Promise<{ readonly finding: Finding; readonly found?: Found }> {
  let metadata: ClusterMetadata
  try {
    metadata = await line.send(metadataRequest([]))
  } catch (error) {
    return { finding: await whyNot(error, place, signIn) }
  }
  const { brokers, clusterId } = metadata
  if (brokers.length === 0)
    return { finding: { state: 'failed', message: 'Kafka answers, but knows no broker.', advice: 'Is the cluster still starting?' } }
  const message = `Kafka answers: ${brokers.length === 1 ? 'one broker' : `${brokers.length} brokers`}${clusterId === '' ? '' : `, cluster ${clusterId}`}.`
  return { finding: { state: 'passed', message }, found: { brokers } }
}

/** A broker that is asked in a way which it does not allow only hangs up, so that it is asked in other ways. */
async function whyNot(error: unknown, place: Place, signIn: KafkaSignIn): Promise<Finding> {
  if (signIn.tls === undefined && (await speaksTls(place)))
    return { state: 'failed', message: `${nameOf(place)} speaks TLS.`, advice: 'Turn TLS on, or take the port for clients without it.' }
  const mechanisms = signIn.sasl === undefined ? await offeredMechanisms(place, signIn) : []
  if (mechanisms.length > 0)
    return {
      state: 'failed',
      message: `${nameOf(place)} wants a sign-in.`,
      advice: `It offers ${mechanisms.join(', ')}: choose one of these, with user name and password.`,
    }
  const reason = error instanceof Error ? error.message : String(error)
  return {
    state: 'failed',
    message: `Something listens at ${nameOf(place)}, but it does not answer as Kafka does (${reason}).`,
    advice: 'Is it the port for clients? Those of the controller and of the web console are others.',
  }
}

import { counted } from '../../../data/counted.ts'
import type { KafkaSignIn } from '../sign-in.ts'
import { type Finding, PATIENCE_MS } from './finding.ts'
import { signIn as signInAt } from './sign-in-step.ts'
import { AclOperation, DoctorCode, findCoordinatorRequest, groupRightsRequest, mayDo, metadataRequest } from './wire-requests.ts'
import { type Place, WireSocket } from './wire-socket.ts'

/** What this sign-in may do with a topic. Nothing is read or written for it. */
export async function checkTopic(line: WireSocket, topic: string): Promise<Finding> {
  const { topics } = await line.send(metadataRequest([topic]))
  const [found] = topics
  if (found === undefined) return { state: 'failed', message: 'The cluster says nothing about it.', advice: 'Try again.' }
  const { errorCode, partitions, operations } = found
  switch (errorCode) {
    case DoctorCode.topicAuthorizationFailed:
      return {
        state: 'failed',
        message: 'This sign-in has no right to it, or it is not there: to those without a right Kafka does not tell which.',
        advice: 'It needs an ACL for READ (to read it) or WRITE (to write it), and the right name.',
      }
    case DoctorCode.unknownTopic:
      return { state: 'failed', message: 'It is not there.', advice: 'Check the name, or create it.' }
    case DoctorCode.invalidTopic:
      return { state: 'failed', message: 'No topic can have this name.', advice: 'Letters, digits, ".", "_" and "-", up to 249 of them.' }
    default:
      break
  }
  const count = counted(partitions.length, 'partition')
  if (partitions.some(({ leader }) => leader < 0))
    return {
      state: 'failed',
      message: `It has ${count}, and not each has a broker that leads it.`,
      advice: 'A broker of the cluster is away.',
    }
  if (operations === undefined) return { state: 'passed', message: `It has ${count}.` }
  const [read, write] = [mayDo(operations, AclOperation.read), mayDo(operations, AclOperation.write)]
  if (read && write) return { state: 'passed', message: `It has ${count}, and may be read and written.` }
  if (!read && !write)
    return {
      state: 'failed',
      message: `It has ${count}, but may be neither read nor written with this sign-in.`,
      advice: 'It needs an ACL for READ (to read it) or WRITE (to write it).',
    }
  const advice = `To ${read ? 'write' : 'read'} it, an ACL for ${read ? 'WRITE' : 'READ'} is needed.`
  return { state: 'warned', message: `It has ${count}, and may be ${read ? 'read, not written' : 'written, not read'}.`, advice }
}

const COORDINATOR_TRIES = 20
const AGAIN_MS = 250

/** Whether this sign-in may read under the name of a group. */
export async function checkGroup(line: WireSocket, known: Place, signIn: KafkaSignIn, group: string): Promise<Finding> {
  const denied: Finding = {
    state: 'failed',
    message: 'This sign-in may not read under this name.',
    advice: `It needs an ACL for READ on the group ${group}.`,
  }
  let coordinator = await line.send(findCoordinatorRequest(group))
  const isStarting = () =>
    coordinator.errorCode === DoctorCode.coordinatorNotAvailable || coordinator.errorCode === DoctorCode.coordinatorLoading
  // The first group of a new cluster makes Kafka make the topic in which it keeps groups.
  for (let tries = 1; isStarting() && tries < COORDINATOR_TRIES; tries++) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    coordinator = await line.send(findCoordinatorRequest(group))
  }
  if (coordinator.errorCode === DoctorCode.groupAuthorizationFailed) return denied
  if (coordinator.errorCode !== DoctorCode.none) {
    const said = coordinator.message === '' ? `code ${coordinator.errorCode}` : coordinator.message
    return {
      state: 'failed',
      message: `No broker keeps this group (${said}).`,
      advice: 'Try again in a moment; else ask whoever runs the cluster.',
    }
  }
  const place = { host: coordinator.host, port: coordinator.port }
  const isKnown = place.host === known.host && place.port === known.port
  const asked = isKnown ? line : await lineTo(place, signIn)
  try {
    const { errorCode, operations } = await asked.send(groupRightsRequest(group))
    if (errorCode === DoctorCode.groupAuthorizationFailed) return denied
    if (operations !== undefined && !mayDo(operations, AclOperation.read)) return denied
    return { state: 'passed', message: 'This sign-in may read under this name.' }
  } finally {
    if (!isKnown) asked.close()
  }
}

async function lineTo(place: Place, how: KafkaSignIn): Promise<WireSocket> {
  if (how.sasl === undefined) return WireSocket.open(place, how, PATIENCE_MS)
  const { finding, socket } = await signInAt(place, how)
  if (socket === undefined) throw new Error(`the broker ${place.host}:${place.port}, which keeps the group, says: ${finding.message}`)
  return socket
}

import type { KafkaSignIn } from '../sign-in.ts'
import { PATIENCE_MS } from './finding.ts'
import { saslHandshakeRequest } from './wire-requests.ts'
import { type Place, WireSocket } from './wire-socket.ts'

/** Whether a port answers with TLS. Nothing is sent over the line, so its certificate is not looked at. */
export async function speaksTls(place: Place): Promise<boolean> {
  try {
    const socket = await WireSocket.connectTls(place, { rejectUnauthorized: false }, PATIENCE_MS)
    socket.close()
    return true
  } catch (error) {
    // A port that speaks TLS and wants what we do not have says so with an alert.
    return error instanceof Error && /alert/i.test(error.message)
  }
}

/** The kinds of sign-in that a port offers; empty where it wants none or does not answer. */
export async function offeredMechanisms(place: Place, how: KafkaSignIn): Promise<readonly string[]> {
  let socket: WireSocket | undefined
  try {
    socket = await WireSocket.open(place, how, PATIENCE_MS)
    return (await socket.send(saslHandshakeRequest('NONE'))).mechanisms
  } catch {
    return []
  } finally {
    socket?.close()
  }
}

import type { IncomingMessage } from 'node:http'
import type { Session } from './session.ts'

/** What decides who comes in. */
export interface Gate {
  readonly session: Session
  /** Host headers that mean this server. */
  readonly hosts: ReadonlySet<string>
}

export function isOwnHost({ hosts }: Gate, { headers }: IncomingMessage): boolean {
  return headers.host !== undefined && hosts.has(headers.host.toLowerCase())
}

import type { OutPort } from '../../spec/node-kind.ts'
import { DEAD_LETTER_PORT, type ErrorPolicy } from './fields.ts'

export const OUT: OutPort = { name: 'out', title: 'Rows', role: 'rows' }

/** A record set aside must go somewhere, so the port has to be wired. */
const DEAD_LETTER: OutPort = { name: DEAD_LETTER_PORT, title: 'Set aside', role: 'dead-letter', required: true }

export function outPorts(onError: ErrorPolicy, ...ports: readonly OutPort[]): readonly OutPort[] {
  return onError === 'dead-letter' ? [...ports, DEAD_LETTER] : ports
}

import type { ConnectionStep } from '../../connection-kind.ts'
import type { Place } from './wire-socket.ts'

/** What one step found out. */
export type Finding = Omit<ConnectionStep, 'name' | 'elapsedMs' | 'state'> & {
  readonly state: Exclude<ConnectionStep['state'], 'running'>
}

/** For each wait of the doctor: for a name, a line, an answer. */
export const PATIENCE_MS = 3_000

export function nameOf({ host, port }: Place): string {
  return `${host}:${port}`
}

export function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

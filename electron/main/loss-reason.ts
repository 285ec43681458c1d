import { constants } from 'node:os'

/** Why a runtime process ended, for the person at the screen. Electron gives the number of a signal as exit code. */
export function lossReason(code: number, lastLine: string): string {
  if (/heap out of memory|allocation failed/i.test(lastLine)) return 'The engine ran out of memory.'
  const said = lastLine === '' ? '' : `: ${lastLine}`
  const signal = signalOf(code)
  if (signal !== undefined) return `The engine was ended by the signal ${signal}${said}`.replace(/(?<![.!?])$/, '.')
  return `The engine ended by itself with code ${code}${said}`.replace(/(?<![.!?])$/, '.')
}

/** The runtime itself ends with 0 or 1; Node gives 1 for what nobody caught. */
function signalOf(code: number): string | undefined {
  if (code < 2) return undefined
  return Object.entries(constants.signals).find(([, number]) => number === code)?.[0]
}

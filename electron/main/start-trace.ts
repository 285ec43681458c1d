import { performance } from 'node:perf_hooks'

/** Milliseconds since the process began at which each step of the start was reached; told with MILLRACE_TRACE_START, for measurements. */
const steps: Record<string, number> = {}
const asked = process.env.MILLRACE_TRACE_START !== undefined

export function reached(step: string): void {
  if (!asked || steps[step] !== undefined) return
  steps[step] = Math.round(Date.now() - (process.getCreationTime() ?? performance.timeOrigin))
  if (step === LAST) process.stderr.write(`millrace-start ${JSON.stringify(steps)}\n`)
}

/** The page described itself: it is drawn and listens. */
const LAST = 'described'

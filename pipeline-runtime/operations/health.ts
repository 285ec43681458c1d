import type { RunMeter } from './run-meter.ts'
import { isAssigned } from './samples.ts'

/** A run that neither asks for input nor waits for anything known for so long does not move any more. */
export const STUCK_AFTER_MS = 60_000

export interface Answer {
  readonly status: 200 | 503
  readonly body: object
}

/**
 * Whether the process is alive: that it answers at all says that its loop turns, the rest says whether its runs do. A sink or cluster
 * that does not answer is no reason to be unhealthy: a restart would not help.
 */
export function health(runs: readonly RunMeter[], nowMs: number): Answer {
  const stuck = runs.filter((run) => isStuck(run, nowMs))
  return {
    status: stuck.length === 0 ? 200 : 503,
    body: {
      status: stuck.length === 0 ? 'ok' : 'stuck',
      uptimeSeconds: Math.round(process.uptime()),
      runs: runs.map((run) => ({
        ...about(run),
        ...(run.phase === 'starting' ? { step: run.step } : {}),
        ...(run.isOver ? {} : moving(run, nowMs)),
      })),
    },
  }
}

/** Whether the run does its work: it has started, reads all its partitions, and its clusters answer. */
export function readiness(run: RunMeter): Answer {
  const reasons = whyNotReady(run)
  return {
    status: reasons.length === 0 ? 200 : 503,
    body: { ready: reasons.length === 0, ...about(run), partitions: partitionsOf(run), reasons },
  }
}

/** `millrace serve` is ready when it answers; whether the runs of its users succeed is theirs. */
export function servingReadiness(runs: readonly RunMeter[]): Answer {
  return {
    status: 200,
    body: { ready: true, runs: runs.map((run) => ({ ...about(run), partitions: partitionsOf(run), reasons: whyNotReady(run) })) },
  }
}

function isStuck(run: RunMeter, nowMs: number): boolean {
  const pulse = run.pulse()
  if (run.isOver || pulse === undefined || pulse.waitingFor.length > 0 || pulse.saving || run.outages().length > 0) return false
  return nowMs - pulse.turnedMs > STUCK_AFTER_MS
}

function moving(run: RunMeter, nowMs: number): object {
  const pulse = run.pulse()
  if (pulse === undefined) return {}
  return {
    lastTurnSecondsAgo: Math.round((nowMs - pulse.turnedMs) / 100) / 10,
    waitingFor: pulse.waitingFor,
    saving: pulse.saving,
    unreachable: run.outages().map(({ bootstrap, what, reason }) => ({ cluster: bootstrap, activity: what, reason })),
  }
}

function about(run: RunMeter): object {
  return { pipeline: run.pipeline, run: run.facts.runId, state: run.phase, ...(run.failure === undefined ? {} : { failure: run.failure }) }
}

function partitionsOf(run: RunMeter): object {
  const partitions = run.partitions()
  return { assigned: partitions.filter(isAssigned).length, of: partitions.length }
}

function whyNotReady(run: RunMeter): string[] {
  if (run.phase === 'starting') return [`The run is starting: ${run.step}.`]
  if (run.phase === 'failed') return [`The run failed: ${run.failure ?? 'for a reason that is not known'}`]
  if (run.phase !== 'running') return [run.phase === 'stopping' ? 'The run is stopping.' : `The run is over: ${run.phase}.`]
  const missing = run.partitions().filter((partition) => !isAssigned(partition))
  return [
    ...missing.map(({ source, partition }) => `Partition ${partition} of ${source} is not assigned to this run.`),
    ...run.outages().map(({ bootstrap, what, reason }) => `${bootstrap} does not answer, ${what} waits for it: ${reason}`),
  ]
}

import { setTimeout } from 'node:timers/promises'
import { readiness, servingReadiness } from '../operations/health.ts'
import { Operations } from '../operations/operations.ts'
import { type OperationsServer, startOperationsServer } from '../operations/operations-server.ts'
import type { RunFacts, RunMeter } from '../operations/run-meter.ts'
import { isLoopback } from '../server/http/own-hosts.ts'
import { portNumber } from './arguments.ts'
import { UsageError } from './command.ts'
import type { Output } from './output.ts'
import { readDuration } from './run-range.ts'
import { version } from './version.ts'

/** Options of `run` and `serve`. */
export const METRICS_OPTIONS = { 'metrics-port': { type: 'string' }, 'metrics-host': { type: 'string' } } as const

export interface MetricsOptions {
  readonly port: number
  readonly host: string
  /** How long the figures of a run that is over can still be read. */
  readonly lingerMs: number
}

interface MetricsValues {
  readonly 'metrics-port'?: string | undefined
  readonly 'metrics-host'?: string | undefined
  readonly 'metrics-linger'?: string | undefined
}

/** Undefined where no port is asked for. */
export function metricsOptions(values: MetricsValues): MetricsOptions | undefined {
  const port = portNumber('--metrics-port', values['metrics-port'])
  const lingerMs = readDuration('--metrics-linger', values['metrics-linger']) ?? 0
  const host = values['metrics-host'] ?? '127.0.0.1'
  if (host === '') throw new UsageError('--metrics-host needs an address, for example 127.0.0.1.')
  if (port !== undefined) return { port, host, lingerMs }
  for (const option of ['metrics-host', 'metrics-linger'] as const)
    if (values[option] !== undefined) throw new UsageError(`--${option} needs --metrics-port: without it there are no metrics.`)
  return undefined
}

/** The metrics of one run of `millrace run`. */
export interface RunOperations {
  readonly meter: RunMeter
  /** Keeps the last figures readable for the time that was asked for, or until `signal`. */
  linger(signal: AbortSignal, output: Output): Promise<void>
  close(): Promise<void>
}

export async function openRunOperations(options: MetricsOptions, facts: RunFacts, output: Output): Promise<RunOperations> {
  const operations = new Operations(await version())
  const meter = operations.begin(facts)
  const server = await startOperationsServer({ operations, ...options, readiness: () => readiness(meter) })
  sayWhere(output, server, options.host)
  return {
    meter,
    async linger(signal) {
      if (options.lingerMs === 0 || signal.aborted) return
      output.say(`The run is over; its figures stay at ${server.address} for ${options.lingerMs / 1000} s, or until SIGTERM or Ctrl+C.`)
      await setTimeout(options.lingerMs, undefined, { signal }).catch(() => {})
    },
    close: server.close,
  }
}

/** The metrics of all runs of `millrace serve`. */
export async function openServeOperations(
  options: MetricsOptions,
  output: Output,
): Promise<{ operations: Operations; close(): Promise<void> }> {
  const operations = new Operations(await version())
  const server = await startOperationsServer({ operations, ...options, readiness: () => servingReadiness(operations.runs()) })
  sayWhere(output, server, options.host)
  return { operations, close: server.close }
}

function sayWhere(output: Output, { address }: OperationsServer, host: string): void {
  output.say(`Metrics: ${address}`)
  if (!isLoopback(host))
    output.say(
      `Warning: ${host} is reachable from the network. Everybody who reaches it can read the metrics: names of nodes and topics, and counts.`,
    )
}

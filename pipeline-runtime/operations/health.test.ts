import { expect, test } from 'vitest'
import type { PartitionMetrics } from '../engine/metrics.ts'
import type { RunPulse, RunView } from '../runner/run-options.ts'
import type { Spec } from '../spec/spec.ts'
import { health, readiness, STUCK_AFTER_MS, servingReadiness } from './health.ts'
import { RunMeter } from './run-meter.ts'

const NOW = 1_000_000_000
const partition = (index: number, position: number | undefined, owned = true) =>
  ({ source: 'read', partition: index, position, owned, status: 'waiting' }) as PartitionMetrics

// What is asked of a run here, and no more.
function meterOf({ partitions = [partition(0, 0)], pulse = {} as Partial<RunPulse>, started = true } = {}): RunMeter {
  const meter = new RunMeter({
    runId: 'r1',
    spec: { drawing: { name: 'shop' }, nodes: [] } as unknown as Spec,
    bound: [],
    identity: 'production',
  })
  const view = {
    metrics: () => ({ nowMs: NOW, nodes: [], partitions }),
    traffic: () => ({ nodes: [], partitions: [] }),
    stateBytes: () => new Map(),
    highWatermarks: () => [],
    nowMs: () => NOW,
    pulse: () => ({ turnedMs: NOW, waitingFor: [], saving: false, ...pulse }),
  } as unknown as RunView
  if (started) meter.listeners.onStart(view)
  return meter
}

test('healthy: a run that turns, one that is starting, and one that waits for what a restart would not bring', () => {
  const old = NOW - 2 * STUCK_AFTER_MS
  const outage = meterOf({ pulse: { turnedMs: old } })
  outage.listeners.onOutage({ bootstrap: 'broker:9092', what: 'reading', reason: 'no connection' })
  const runs = [
    meterOf(),
    meterOf({ started: false }),
    meterOf({ pulse: { turnedMs: old, waitingFor: ['save'] } }),
    meterOf({ pulse: { turnedMs: old, saving: true } }),
    outage,
  ]
  const { status, body } = health(runs, NOW)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    status: 'ok',
    runs: [
      { pipeline: 'shop', run: 'r1', state: 'running', lastTurnSecondsAgo: 0 },
      { step: 'reading the pipeline' },
      { waitingFor: ['save'] },
      { saving: true },
      { unreachable: [{ cluster: 'broker:9092' }] },
    ],
  })
})

test('a run that neither asks for input nor waits for anything is stuck; one that is over is not', () => {
  const stuck = meterOf({ pulse: { turnedMs: NOW - STUCK_AFTER_MS - 1 } })
  expect(health([meterOf(), stuck], NOW)).toMatchObject({ status: 503, body: { status: 'stuck' } })
  stuck.over('ended')
  expect(health([stuck], NOW).status).toBe(200)
})

test('ready: started, all partitions assigned, clusters answer; else the reasons', () => {
  const reasonsOf = (meter: RunMeter) => (readiness(meter).body as { reasons: string[] }).reasons
  expect(readiness(meterOf())).toEqual({
    status: 200,
    body: { ready: true, pipeline: 'shop', run: 'r1', state: 'running', partitions: { assigned: 1, of: 1 }, reasons: [] },
  })
  const starting = meterOf({ started: false })
  starting.listeners.onStep('asking broker:9092 for the topic orders')
  expect(readiness(starting).status).toBe(503)
  expect(reasonsOf(starting)).toEqual(['The run is starting: asking broker:9092 for the topic orders.'])
  const partly = meterOf({ partitions: [partition(0, 5), partition(1, undefined), partition(2, 3, false)] })
  expect(readiness(partly).status).toBe(503)
  expect(reasonsOf(partly)).toEqual([
    'Partition 1 of read is not assigned to this run.',
    'Partition 2 of read is not assigned to this run.',
  ])
  const down = meterOf()
  down.listeners.onOutage({ bootstrap: 'broker:9092', what: 'writing', reason: 'no connection' })
  expect(reasonsOf(down)).toEqual(['broker:9092 does not answer, writing waits for it: no connection'])
  down.listeners.onOutage({ bootstrap: 'broker:9092', what: 'writing', reason: undefined })
  expect(readiness(down).status).toBe(200)
  down.stopping()
  expect(reasonsOf(down)).toEqual(['The run is stopping.'])
  down.over('failed', 'The disk is full.')
  expect(readiness(down)).toMatchObject({
    status: 503,
    body: { state: 'failed', failure: 'The disk is full.', reasons: ['The run failed: The disk is full.'] },
  })
})

test('serve is ready when it answers, whatever becomes of the runs of its users', () => {
  const failed = meterOf()
  failed.over('failed', 'No such topic.')
  expect(servingReadiness([failed])).toMatchObject({ status: 200, body: { ready: true, runs: [{ state: 'failed' }] } })
})

import type { Engine } from '../engine/engine.ts'

/** Shorter waits are not worth telling the engine. */
const LEAST_WAIT_MS = 50

/**
 * Waits for something outside (a sink that is slow, a disk) and keeps that time off the idle clock: what was not read meanwhile may
 * hold records, so no partition has become quiet (semantics rule 8).
 */
export async function waitFor(work: Promise<void>, engine: Engine, clock: { nowMs(): number }): Promise<void> {
  const fromMs = clock.nowMs()
  await work
  const untilMs = clock.nowMs()
  if (untilMs - fromMs < LEAST_WAIT_MS || engine.failure !== undefined) return
  const partitions = engine.metrics().partitions.filter((partition) => partition.status !== 'ended')
  engine.input({ type: 'tick', nowMs: fromMs })
  for (const { source, partition } of partitions) engine.input({ type: 'paused', source, partition })
  engine.input({ type: 'tick', nowMs: untilMs })
  for (const { source, partition } of partitions) engine.input({ type: 'resumed', source, partition })
}

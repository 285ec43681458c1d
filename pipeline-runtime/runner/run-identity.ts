import type { BoundNode } from './bindings.ts'
import type { RunOptions } from './run-options.ts'

export interface RunIdentity {
  /** Consumer group, and the name under which state is kept; undefined for a preview. */
  readonly group: string | undefined
  /** What the state is bound to: positions of one cluster mean nothing on another. */
  readonly target: string
  /** Whether state is saved: only where a topic of a real cluster is read. Samples and files are read from their start in each run. */
  readonly durable: boolean
  /** Whether a member of the group that is still there is known to be dead, since the lock on the state is ours and nobody else has this name. */
  readonly exclusive: boolean
}

/**
 * A run to the end has an identity of its own: its last results close all windows, and that state must not be taken over by a
 * run that goes on.
 */
export function runIdentity(options: RunOptions, bound: readonly BoundNode[]): RunIdentity {
  const kind = options.identity ?? { type: 'production' }
  const name =
    options.spec.drawing.name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'pipeline'
  const stop = options.stop ?? options.spec.stop
  const addresses = bound.flatMap((node) =>
    node.type === 'topic' && node.access === 'read' && node.target.type === 'kafka' ? [node.target.config.bootstrap] : [],
  )
  const target = [...new Set(addresses)].join('+')
  if (kind.type === 'preview') return { group: undefined, target, durable: false, exclusive: false }
  const own = kind.type === 'development'
  return {
    group: `millrace-${own ? `dev-${kind.owner}-` : ''}${name}${stop.type === 'never' ? '' : `-until-${stop.type}`}`,
    target,
    durable: addresses.length > 0,
    exclusive: own,
  }
}

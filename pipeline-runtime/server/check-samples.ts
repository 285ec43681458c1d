import type { BoundNode } from '../runner/bindings.ts'
import type { LocalTarget, Target } from '../runner/targets.ts'
import { Refusal } from './refusal.ts'

/** Refused at once instead of as a failed run, so that the page can offer the way out. */
export function checkSamples(bound: readonly BoundNode<Target | LocalTarget>[]): void {
  for (const node of bound) {
    if (node.type !== 'topic' || node.access !== 'read' || node.target.type !== 'sample') continue
    const { sample } = node.node.config as { readonly sample?: unknown } // Of a source, checked by the compiler.
    if (sample !== undefined) continue
    const { id } = node.node
    throw new Refusal(
      'NO_SAMPLE',
      `${id} has no sample data, so it cannot run on sample data. Choose a connection in the run bar, or give the step sample data.`,
      { nodeId: id },
    )
  }
}

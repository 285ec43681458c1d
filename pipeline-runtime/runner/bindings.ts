import type { Binding, FormatConfig, NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecNode } from '../spec/spec.ts'
import { RunError } from './run-error.ts'
import type { Target } from './targets.ts'

/** A source or sink of the spec with what it reads or writes in this run. */
export type BoundNode<T = Target> =
  | { readonly node: SpecNode; readonly access: 'read' | 'write'; readonly type: 'topic'; readonly topic: string; readonly target: T }
  | {
      readonly node: SpecNode
      readonly access: 'read' | 'write'
      readonly type: 'file'
      readonly path: string
      readonly format: FormatConfig
    }

export function bindNodes<T>(spec: Spec, kinds: readonly NodeKind[], targets: ReadonlyMap<string, T>): BoundNode<T>[] {
  const bound: BoundNode<T>[] = []
  for (const node of spec.nodes) {
    const binding = bindingOf(node, kinds)
    if (binding === undefined) continue
    if (binding.type === 'file') bound.push({ node, access: binding.access, type: 'file', path: binding.path, format: binding.format })
    else {
      const target = targets.get(binding.connection)
      if (target === undefined)
        throw new RunError('UNBOUND_CONNECTION', `Nothing binds the connection ${binding.connection} of ${node.id}.`, { nodeId: node.id })
      bound.push({ node, access: binding.access, type: 'topic', topic: binding.topic, target })
    }
  }
  return bound
}

/** Names of the connections that a spec asks for, in order of first use. */
export function connectionsOf(spec: Spec, kinds: readonly NodeKind[]): string[] {
  const names = spec.nodes.flatMap((node) => {
    const binding = bindingOf(node, kinds)
    return binding?.type === 'topic' ? [binding.connection] : []
  })
  return [...new Set(names)]
}

function bindingOf(node: SpecNode, kinds: readonly NodeKind[]): Binding | undefined {
  const kind = kinds.find((candidate) => candidate.kind === node.kind)
  if (kind === undefined)
    throw new RunError('UNKNOWN_KIND', `${node.id} is of the kind ${node.kind}, which this Millrace does not have.`, { nodeId: node.id })
  return kind.binding?.(node.config)
}

import type { Document, DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { sameJson } from '../../pipeline-runtime/spec/json.ts'
import type { Spec } from '../../pipeline-runtime/spec/spec.ts'
import type { CompileAnswer } from './compiler.ts'

/** What goes between the page and the worker: copying a thousand steps and their columns at every letter would cost more than compiling. */
export type ToWorker =
  | { readonly type: 'compile'; readonly version: number; readonly change: DocumentChange }
  | { readonly type: 'spec'; readonly id: number }
  | { readonly type: 'spec-hash'; readonly id: number }

export type FromWorker =
  | { readonly type: 'compiled'; readonly change: AnswerChange }
  | { readonly type: 'spec'; readonly id: number; readonly spec: Spec | undefined }
  | { readonly type: 'spec-hash'; readonly id: number; readonly hash: string | undefined }

type Outputs = CompileAnswer['outputs']
type NodeOutputs = Outputs extends ReadonlyMap<string, infer T> ? T : never

/** Fields that are another object than before; of nodes only those that changed, by their place. */
export interface DocumentChange {
  readonly fields: Partial<Document>
  readonly nodes: readonly (readonly [index: number, node: DocumentNode])[]
}

export interface AnswerChange {
  readonly version: number
  /** Absent: as before. */
  readonly issues?: readonly Issue[]
  /** Undefined: the step is gone, or nothing is known about what leaves it. */
  readonly outputs: readonly (readonly [nodeId: string, outputs: NodeOutputs | undefined])[]
}

export function changeOf(before: Document | undefined, now: Document): DocumentChange {
  if (before === undefined || before.nodes.length !== now.nodes.length) return { fields: now, nodes: [] }
  const { nodes: _nodes, ...rest } = now
  return {
    fields: Object.fromEntries(Object.entries(rest).filter(([name, value]) => Reflect.get(before, name) !== value)),
    nodes: now.nodes.flatMap((node, index) => (node === before.nodes[index] ? [] : [[index, node] as const])),
  }
}

/** The document after a change, with everything that it does not touch. */
export function withChange(before: Document, { fields, nodes }: DocumentChange): Document {
  const changed = { ...before, ...fields }
  if (nodes.length === 0) return changed
  const list = [...changed.nodes]
  for (const [index, node] of nodes) list[index] = node
  return { ...changed, nodes: list }
}

export function answerChange(before: CompileAnswer | undefined, now: CompileAnswer): AnswerChange {
  const outputs: [string, NodeOutputs | undefined][] = []
  for (const [id, ports] of now.outputs) if (!sameJson(before?.outputs.get(id), ports)) outputs.push([id, ports])
  for (const id of before?.outputs.keys() ?? []) if (!now.outputs.has(id)) outputs.push([id, undefined])
  return { version: now.version, outputs, ...(before !== undefined && sameJson(before.issues, now.issues) ? {} : { issues: now.issues }) }
}

/** What did not change is the same object as before, so that nothing is drawn again for it. */
export function withAnswer(before: CompileAnswer, { version, issues, outputs }: AnswerChange): CompileAnswer {
  if (outputs.length === 0) return { version, issues: issues ?? before.issues, outputs: before.outputs }
  const next = new Map(before.outputs)
  for (const [id, ports] of outputs) {
    if (ports === undefined) next.delete(id)
    else next.set(id, ports)
  }
  return { version, issues: issues ?? before.issues, outputs: next }
}

import type { Outputs } from '../../pipeline-runtime/compiler/derive.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { EdgeSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import type { InPort, NodeIssue } from '../../pipeline-runtime/spec/node-kind.ts'
import { nodeOf, portOf } from '../state/change.ts'
import { outputSchema } from '../state/columns.ts'
import { type GraphIndex, graphIndex, reachable } from '../state/graph-index.ts'
import { type StepFacts, stepFacts } from './step-facts.ts'
import { titleIn } from './title-in.ts'

/** A port of a step on the canvas. */
export interface PortRef {
  readonly nodeId: string
  readonly port: string
}

export type Connectable = { readonly ok: true } | { readonly ok: false; readonly reason: string }

export const portKey = ({ nodeId, port }: PortRef): string => `${nodeId}.${port}`

const no = (reason: string): Connectable => ({ ok: false, reason })

/** Whether a link can be drawn, and if not, why, in the words of the screen. Says what compiling would say afterwards. */
export function connectableIn(document: Document, outputs: ReadonlyMap<string, Outputs>, from: PortRef, to: PortRef): Connectable {
  const index = graphIndex(document)
  const source = index.nodes.get(from.nodeId)
  const target = index.nodes.get(to.nodeId)
  if (source === undefined || target === undefined) return no('The step is not there any more.')
  if (from.nodeId === to.nodeId) return no('A step cannot feed itself.')
  const sourceFacts = stepFacts(source)
  const facts = stepFacts(target)
  const outPort = sourceFacts.ports.out.find(({ name }) => name === from.port)
  const inPort = facts.ports.in.find(({ name }) => name === to.port)
  if (outPort === undefined) return no(`Nothing comes out of “${sourceFacts.title}” here.`)
  if (inPort === undefined) return no(`“${facts.title}” takes no rows here.`)
  const there = (index.into.get(to.nodeId) ?? []).filter((edge) => portOf(edge.to) === to.port)
  if (there.some((edge) => edge.from === portKey(from))) return no('These two are linked already.')
  const first = there[0]
  if (inPort.many !== true && first !== undefined) {
    return no(
      `“${facts.title}” takes one link here, and “${titleIn(document, nodeOf(first.from))}” is linked already. Delete that link first, or put the rows together in a step of their own.`,
    )
  }
  if (feeds(index, to.nodeId, from.nodeId)) {
    return no(`Rows would go round in a circle: “${facts.title}” already feeds “${sourceFacts.title}”.`)
  }
  if (outPort.role === 'dead-letter' && inPort.accepts?.deadLetter !== true) {
    return no(`What was set aside cannot go into “${facts.title}”. Lead it into a step that writes it as it was.`)
  }
  const schema = outputSchema(outputs, from.nodeId, from.port)
  if (schema?.mode.type === 'upsert' && inPort.accepts?.upsert !== true) {
    return no(
      `“${sourceFacts.title}” keeps updating its rows, and “${facts.title}” cannot take a row back. Choose “Once, when complete” there, or lead it into a step that replaces rows.`,
    )
  }
  return schema === undefined ? { ok: true } : refusedByKind(document, index, outputs, facts, inPort, schema, to)
}

/** A kind may find fault with what comes in as a whole (different columns of two streams), not with one of its settings. */
function refusedByKind(
  document: Document,
  index: GraphIndex,
  outputs: ReadonlyMap<string, Outputs>,
  { kind, config, ports }: StepFacts,
  inPort: InPort,
  schema: EdgeSchema,
  to: PortRef,
): Connectable {
  if (kind === undefined || config === undefined) return { ok: true }
  const edges = index.into.get(to.nodeId) ?? []
  const inputsOf = (more: boolean) =>
    Object.fromEntries(
      ports.in.map(({ name }) => {
        const there = edges
          .filter((edge) => portOf(edge.to) === name)
          .map((edge) => outputSchema(outputs, nodeOf(edge.from), portOf(edge.from)))
        const all = more && name === inPort.name ? [...there, schema] : there
        return [name, all.length === 0 ? [undefined] : all]
      }),
    )
  const faults = (more: boolean): string[] => {
    const issues: NodeIssue[] = []
    try {
      kind.derive(config.value, inputsOf(more), { timeZone: document.timeZone, issue: (issue) => void issues.push(issue) })
    } catch {
      return []
    }
    return issues.filter((issue) => issue.path.length === 0 && issue.severity !== 'warning').map((issue) => issue.message)
  }
  const after = faults(true)
  if (after.length === 0) return { ok: true }
  const before = new Set(faults(false))
  const reason = after.find((message) => !before.has(message))
  return reason === undefined ? { ok: true } : no(reason)
}

const downstream = new WeakMap<GraphIndex, Map<string, ReadonlySet<string>>>()

/** While a link is drawn every port asks the same question. */
function feeds(index: GraphIndex, from: string, to: string): boolean {
  let memo = downstream.get(index)
  if (memo === undefined) {
    memo = new Map()
    downstream.set(index, memo)
  }
  let upstream = memo.get(to)
  if (upstream === undefined) {
    upstream = reachable(index, [to], 'up')
    memo.set(to, upstream)
  }
  return upstream.has(from)
}

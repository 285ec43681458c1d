import type { NodeFigures } from '../../pipeline-runtime/rpc/run-state.ts'
import type { RowTab } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { Document, DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { nodeOf, portOf } from '../state/change.ts'
import type { Item } from '../state/item.ts'

/** A tab of the Data panel at one step. */
export interface DataTab {
  /** One word for element ids: `out-late`. */
  readonly id: string
  readonly tab: RowTab
  /** The out port, where there is one. */
  readonly port: string | undefined
  readonly title: string
  /** Says what would fill it. */
  readonly empty: string
}

/** The tabs that a step has: those of its ports, and those in which something was counted. */
export function tabsOf(node: DocumentNode, figures: NodeFigures | undefined): readonly DataTab[] {
  const { kind, ports } = stepFacts(node)
  if (kind === undefined) return []
  const tabs: DataTab[] = []
  if (ports.in.length > 0) tabs.push({ id: 'in', tab: 'in', port: undefined, title: 'In', empty: 'No row has come in yet.' })
  const rowPorts = ports.out.filter(({ role }) => role === 'rows')
  for (const { name, title } of rowPorts) {
    const several = rowPorts.length > 1
    const empty =
      kind.category === 'summarise' ? 'No result yet: the first one comes when its time window is complete.' : 'No row has left yet.'
    tabs.push({ id: `out-${name}`, tab: 'out', port: name, title: several ? `Out: ${title}` : 'Out', empty })
  }
  if (kind.category === 'shape' || (figures?.removed ?? 0) > 0)
    tabs.push({ id: 'removed', tab: 'removed', port: undefined, title: 'Removed', empty: 'Nothing was removed yet.' })
  const late = ports.out.find(({ role }) => role === 'late')
  if (late !== undefined || (figures?.late ?? 0) > 0)
    tabs.push({ id: 'late', tab: 'late', port: undefined, title: 'Late', empty: 'No row was late yet.' })
  const setAside = ports.out.find(({ role }) => role === 'dead-letter')
  if (setAside !== undefined || (figures?.setAside ?? 0) > 0)
    tabs.push({ id: 'set-aside', tab: 'set-aside', port: undefined, title: 'Set aside', empty: 'Nothing was set aside yet.' })
  return tabs
}

/** Rows that have passed in a tab since the run began. */
export function countOf({ tab, port }: DataTab, figures: NodeFigures | undefined): number | undefined {
  if (figures === undefined) return undefined
  switch (tab) {
    case 'in':
      return figures.in
    case 'out':
      return port === undefined ? figures.out : (figures.ports[port] ?? 0)
    case 'removed':
      return figures.removed
    case 'late':
      return figures.late
    case 'set-aside':
      return figures.setAside
  }
}

/** What the Data panel shows for the active item: the step, and at a link the tab of the port at which it begins. */
export interface DataPlace {
  readonly node: DocumentNode
  readonly port: string | undefined
}

export function placeOf(item: Item | undefined, document: Document): DataPlace | undefined {
  if (item === undefined || item.type === 'note') return resultPlace(document)
  const [nodeId, port] = item.type === 'node' ? [item.id, undefined] : [nodeOf(item.edge.from), portOf(item.edge.from)]
  const node = document.nodes.find(({ id }) => id === nodeId)
  return node === undefined ? undefined : { node, port }
}

/** Where nothing is selected: the first result, which is what one runs it for. */
function resultPlace({ nodes }: Document): DataPlace | undefined {
  const node = nodes.find((each) => stepFacts(each).kind?.category === 'write') ?? nodes.at(-1)
  return node === undefined ? undefined : { node, port: undefined }
}

/** The tab that is shown: the one of the link, else the chosen one where the step has it, else out, else the first. */
export function shownTab(
  tabs: readonly DataTab[],
  { node, port }: DataPlace,
  chosen: { readonly dataTab: RowTab; readonly dataPort: string | undefined },
): DataTab | undefined {
  if (port !== undefined) {
    const tab = tabForPort(node, port)
    const found = tabs.find((each) => each.tab === tab && (each.port === undefined || each.port === port))
    if (found !== undefined) return found
  }
  return (
    tabs.find(({ tab, port: at }) => tab === chosen.dataTab && (at === undefined || at === chosen.dataPort)) ??
    tabs.find(({ tab }) => tab === chosen.dataTab) ??
    tabs.find(({ tab }) => tab === 'out') ??
    tabs[0]
  )
}

function tabForPort(node: DocumentNode, port: string): RowTab {
  const role = stepFacts(node).ports.out.find(({ name }) => name === port)?.role
  return role === 'late' ? 'late' : role === 'dead-letter' ? 'set-aside' : 'out'
}

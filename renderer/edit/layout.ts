import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { nodeOf, type Point, portOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import { moveTo } from './move.ts'
import { CARD, placesOf, snapped } from './places.ts'
import { stepFacts } from './step-facts.ts'

/** Lays all steps out from left to right: one step of undo. Notes stay. */
export async function layoutAll(studio: Studio): Promise<void> {
  const { document, documentId } = studio.documents.getState()
  if (document.nodes.length === 0) return
  const places = await laidOut(document)
  // While the worker thought, steps may have gone, or another document was opened.
  const now = studio.documents.getState()
  if (now.documentId !== documentId) return
  const index = graphIndex(now.document)
  const nodes = Object.fromEntries([...places].filter(([id]) => index.nodes.has(id)))
  moveTo(studio, { nodes, notes: {} })
  studio.canvas.port?.fit()
  studio.announcer.say('Steps laid out from left to right.')
}

/** Places on the grid, with the upper left corner where it was. */
async function laidOut(document: Document): Promise<Map<string, Point>> {
  const elk = await loadElk()
  const root = await elk.layout(elkGraph(document))
  const before = [...placesOf(document).values()]
  const origin = { x: Math.min(...before.map(({ x }) => x)), y: Math.min(...before.map(({ y }) => y)) }
  const found = (root.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }] as const)
  const left = Math.min(...found.map(([, { x }]) => x))
  const top = Math.min(...found.map(([, { y }]) => y))
  return new Map(found.map(([id, { x, y }]) => [id, snapped({ x: origin.x + x - left, y: origin.y + y - top })]))
}

/** Ports are where the cards have them, so that straight links come out straight. */
function elkGraph(document: Document): ElkNode {
  const { nodes } = graphIndex(document)
  const ports = new Map<string, Set<string>>([...nodes.keys()].map((id) => [id, new Set()]))
  const edges = document.edges.flatMap((edge, i) => {
    const from = ports.get(nodeOf(edge.from))
    const to = ports.get(nodeOf(edge.to))
    if (from === undefined || to === undefined) return []
    from.add(`out:${portOf(edge.from)}`)
    to.add(`in:${portOf(edge.to)}`)
    return [
      { id: `e${i}`, sources: [`${nodeOf(edge.from)} out:${portOf(edge.from)}`], targets: [`${nodeOf(edge.to)} in:${portOf(edge.to)}`] },
    ]
  })
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '112',
      'elk.spacing.nodeNode': '48',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.separateConnectedComponents': 'true',
      'elk.spacing.componentComponent': '64',
    },
    children: [...nodes].map(([id, node]) => ({
      id,
      ...CARD,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [...(ports.get(id) ?? [])].map((port) => {
        const out = port.startsWith('out:')
        const name = port.slice(port.indexOf(':') + 1)
        const role = out ? stepFacts(node).ports.out.find((known) => known.name === name)?.role : 'rows'
        return {
          id: `${id} ${port}`,
          width: 1,
          height: 1,
          x: out ? CARD.width : 0,
          y: role === 'late' ? 76 : role === 'dead-letter' ? 100 : 48,
          layoutOptions: { 'elk.port.side': out ? 'EAST' : 'WEST' },
        }
      }),
    })),
    edges,
  }
}

let loading: Promise<import('elkjs/lib/elk-api.js').ELK> | undefined

/** Loaded when it is first asked for; it works in a worker of its own file, as the page's policy wants. */
function loadElk(): Promise<import('elkjs/lib/elk-api.js').ELK> {
  loading ??= Promise.all([import('elkjs/lib/elk-api.js'), import('elkjs/lib/elk-worker.min.js?url')]).then(
    ([{ default: Elk }, { default: url }]) => new Elk.default({ workerFactory: () => new Worker(url) }),
    (error: unknown) => {
      // Whoever asks next tries once more.
      loading = undefined
      throw error
    },
  )
  return loading
}

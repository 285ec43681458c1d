import type { DocumentEdge } from '../../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../../app/studio.ts'
import { goTo } from '../../edit/go-to.ts'
import { linksIn, linksOut } from '../../edit/walk.ts'
import { edgeKey, nodeOf, portOf } from '../../state/change.ts'
import type { Command } from '../command.ts'
import { activeNode } from './active-node.ts'

function linksOf(studio: Studio, nodeId: string): readonly DocumentEdge[] {
  const { document } = studio.documents.getState()
  return [...linksOut(document, nodeId), ...linksIn(document, nodeId)]
}

function activeEdge({ selection }: Studio): DocumentEdge | undefined {
  const { active } = selection.getState()
  return active?.type === 'edge' ? active.edge : undefined
}

/** The links among which ↑ and ↓ go: of the step from which the mode was entered, or of the source of a link that was clicked. */
function around(studio: Studio, edge: DocumentEdge): readonly DocumentEdge[] {
  const mode = studio.mode.getState()
  return linksOf(studio, mode.type === 'edge' ? mode.nodeId : nodeOf(edge.from))
}

function show(studio: Studio, edge: DocumentEdge | undefined): void {
  if (edge === undefined) return
  studio.selection.select({ type: 'edge', edge })
  goTo(studio, { type: 'edge', edge })
}

function step(by: (links: readonly DocumentEdge[], at: number) => DocumentEdge | undefined): (studio: Studio) => void {
  return (studio) => {
    const edge = activeEdge(studio)
    if (edge === undefined) return
    const links = around(studio, edge)
    const at = links.findIndex((link) => edgeKey(link) === edgeKey(edge))
    show(studio, by(links, at))
  }
}

function leaveTo(end: (edge: DocumentEdge) => string): (studio: Studio) => void {
  return (studio) => {
    const edge = activeEdge(studio)
    studio.mode.leave()
    if (edge === undefined) return
    studio.selection.select({ type: 'node', id: end(edge) })
    goTo(studio, { type: 'node', id: end(edge) })
  }
}

const inEdge = (id: string, title: string, shortcuts: readonly string[], run: (studio: Studio) => void): Command => ({
  id: `canvas.link-${id}`,
  title,
  shortcuts,
  scope: 'canvas',
  modes: ['edge'],
  run,
})

export const edgeMode: Command = {
  id: 'canvas.links',
  title: 'Links of this step',
  shortcuts: ['E'],
  scope: 'canvas',
  enabled: (studio) => activeNode(studio) !== undefined,
  run(studio) {
    const nodeId = activeNode(studio)
    if (nodeId === undefined) return
    const first = linksOf(studio, nodeId)[0]
    if (first === undefined) {
      studio.announcer.say('This step has no links. Press C to connect it.')
      return
    }
    studio.mode.enter({ type: 'edge', nodeId })
    studio.announcer.say('Links: up and down to the others, right to the target, left to the source, Escape to the step.', 'mode')
    show(studio, first)
  },
}

export const edgeCommands: readonly Command[] = [
  inEdge(
    'target',
    'To the target of the link',
    ['ArrowRight'],
    leaveTo(({ to }) => nodeOf(to)),
  ),
  inEdge(
    'source',
    'To the source of the link',
    ['ArrowLeft'],
    leaveTo(({ from }) => nodeOf(from)),
  ),
  inEdge(
    'previous',
    'To the link before',
    ['ArrowUp'],
    step((links, at) => links[at - 1]),
  ),
  inEdge(
    'next',
    'To the next link',
    ['ArrowDown'],
    step((links, at) => links[at + 1]),
  ),
  inEdge(
    'first',
    'To the first link',
    ['Home'],
    step((links) => links[0]),
  ),
  inEdge(
    'last',
    'To the last link',
    ['End'],
    step((links) => links.at(-1)),
  ),
  inEdge('data', 'Data at this link', ['Enter', 'D'], (studio) => {
    const edge = activeEdge(studio)
    if (edge === undefined) return
    studio.mode.leave()
    studio.selection.select({ type: 'node', id: nodeOf(edge.from) })
    studio.view.setState({ dockTab: 'data', dataTab: 'out', dataPort: portOf(edge.from) })
    studio.focus.go('dock')
  }),
  inEdge('insert', 'Insert a step here', ['/', 'Insert'], (studio) => {
    const edge = activeEdge(studio)
    if (edge !== undefined) studio.mode.enter({ type: 'add-step', edge })
  }),
  inEdge('leave', 'Back to the step', ['Escape'], (studio) => {
    const mode = studio.mode.getState()
    const edge = activeEdge(studio)
    leaveTo(() => (mode.type === 'edge' ? mode.nodeId : edge === undefined ? '' : nodeOf(edge.from)))(studio)
  }),
]

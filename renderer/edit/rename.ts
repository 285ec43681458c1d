import type { Studio } from '../app/studio.ts'
import { graphIndex } from '../state/graph-index.ts'
import { stepFacts } from './step-facts.ts'

/** Gives a step another title; without text, or with that of its kind, it is called like its kind again. The id stays. */
export function renameStep(studio: Studio, nodeId: string, text: string): void {
  const node = graphIndex(studio.documents.getState().document).nodes.get(nodeId)
  if (node === undefined) return
  const facts = stepFacts(node)
  const title = text.trim()
  if (title === facts.title) return
  const own = title === '' || title === facts.kindTitle ? undefined : title
  studio.documents.act({
    label: `rename ${facts.title}`,
    changes: [{ type: 'set-title', nodeId, title: own }],
    focus: { type: 'node', id: nodeId },
  })
  studio.announcer.say(`Renamed to ${own ?? facts.kindTitle}.`)
}

import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { nodeOf, portOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import { outlinePlaces } from '../state/outline-order.ts'
import { stepFacts } from './step-facts.ts'
import type { StepState } from './step-state.ts'
import { stepStateOf } from './step-state-of.ts'
import { titleIn } from './title-in.ts'

export interface OutlineNameParts {
  readonly document: Document
  readonly nodeId: string
  readonly state: StepState
  readonly problems: number
}

/**
 * The accessible name of a step, on the canvas and in the outline (keyboard.md):
 * `{i} of {n}. {title}, {kind}. {sentence}. From {a, b}. To {c}.[ Late to {d}.][ Set aside to {e}.][ {state word}.][ {k} problems.]`
 * Live figures are never in it.
 */
export function outlineNameOf({ document, nodeId, state, problems }: OutlineNameParts): string {
  const index = graphIndex(document)
  const node = index.nodes.get(nodeId)
  if (node === undefined) return nodeId
  const facts = stepFacts(node)
  const places = outlinePlaces(document)
  const titles = (ids: readonly string[]): string => [...new Set(ids)].map((id) => titleIn(document, id)).join(', ')
  const from = titles((index.into.get(nodeId) ?? []).map((edge) => nodeOf(edge.from)))
  const toBy = (role: string): string =>
    titles(
      (index.outOf.get(nodeId) ?? []).filter((edge) => roleOf(nodeId, portOf(edge.from), document) === role).map(({ to }) => nodeOf(to)),
    )
  const sentence = facts.sentence ?? (state.type === 'unfinished' ? state.word : '')
  const word =
    state.type === 'idle' || (state.type === 'unfinished' && sentence === state.word) || state.type === 'problem' ? '' : state.word
  const parts = [
    `${(places.get(nodeId) ?? 0) + 1} of ${places.size}`,
    `${facts.title}, ${facts.kindTitle}`,
    sentence,
    labelled('From', from),
    labelled('To', toBy('rows')),
    labelled('Late to', toBy('late')),
    labelled('Set aside to', toBy('dead-letter')),
    word,
    problems === 0 ? '' : problems === 1 ? '1 problem' : `${problems} problems`,
  ]
  return parts
    .filter((part) => part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ')
}

/** The same of the document that is open, as it stands. */
export function outlineName(studio: Studio, nodeId: string): string {
  const { document } = studio.documents.getState()
  const issues = studio.compiled.getState().issuesByNode.get(nodeId) ?? []
  return outlineNameOf({ document, nodeId, state: stepStateOf(studio, nodeId), problems: issues.length })
}

function roleOf(nodeId: string, port: string, document: Document): string {
  const node = graphIndex(document).nodes.get(nodeId)
  const found = node === undefined ? undefined : stepFacts(node).ports.out.find(({ name }) => name === port)
  return found?.role ?? (port === 'late' ? 'late' : port === 'dead-letter' ? 'dead-letter' : 'rows')
}

const labelled = (label: string, names: string): string => (names === '' ? '' : `${label} ${names}`)

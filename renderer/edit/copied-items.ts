import { z } from 'zod'
import { documentEdge, documentNode, documentNote } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import { nodeOf } from '../state/change.ts'
import { graphIndex } from '../state/graph-index.ts'
import { placesOf } from './places.ts'

/** What the clipboard holds: a piece of a document, so that it can be pasted into another one and into a text editor. */
const copiedItemsSchema = z.strictObject({
  millrace: z.literal(1),
  nodes: z.array(documentNode).default([]),
  edges: z.array(documentEdge).default([]),
  notes: z.array(documentNote).default([]),
  layout: z.record(z.string(), z.strictObject({ x: z.number(), y: z.number() })).default({}),
})
export type CopiedItems = z.output<typeof copiedItemsSchema>

/** Selected steps and notes, and the links between these steps; undefined where neither is selected. */
export function copiedItems(studio: Studio): CopiedItems | undefined {
  const { document } = studio.documents.getState()
  const items = [...studio.selection.getState().selected.values()]
  const chosen = new Set(items.flatMap((item) => (item.type === 'node' ? [item.id] : [])))
  const notes = items.flatMap((item) => (item.type === 'note' ? (document.notes[item.index] ?? []) : []))
  const nodes = [...graphIndex(document).nodes.values()].filter(({ id }) => chosen.has(id))
  if (nodes.length === 0 && notes.length === 0) return undefined
  const places = placesOf(document)
  return {
    millrace: 1,
    nodes,
    edges: document.edges.filter(({ from, to }) => chosen.has(nodeOf(from)) && chosen.has(nodeOf(to))),
    notes,
    layout: Object.fromEntries(nodes.map(({ id }) => [id, places.get(id) ?? { x: 0, y: 0 }])),
  }
}

/** What a text of the clipboard holds; a sentence for the user where it is nothing of ours. */
export function readCopied(text: string): { readonly items: CopiedItems } | { readonly refusal: string } {
  if (text.trim() === '') return { refusal: 'The clipboard holds no text.' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { refusal: 'The clipboard holds no copied steps. Copy steps on a canvas first.' }
  }
  if (typeof json !== 'object' || json === null || !('millrace' in json)) {
    return { refusal: 'The clipboard holds no copied steps. Copy steps on a canvas first.' }
  }
  if (json.millrace !== 1) return { refusal: 'These steps were copied by a newer Millrace. Paste them there.' }
  const parsed = copiedItemsSchema.safeParse(json)
  if (!parsed.success) return { refusal: 'The copied steps in the clipboard are damaged. Copy them again.' }
  const { nodes, notes } = parsed.data
  if (nodes.length === 0 && notes.length === 0) return { refusal: 'The clipboard holds no copied steps.' }
  return { items: parsed.data }
}

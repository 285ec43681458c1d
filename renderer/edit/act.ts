import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Studio } from '../app/studio.ts'
import type { Change } from '../state/change.ts'
import type { Act } from '../state/document-store.ts'
import { placesOf } from './places.ts'

/**
 * An act that changes what stands where or what is linked. Steps without a place in the document get the one that they are shown at,
 * so that nothing else moves.
 */
export function act(studio: Studio, { changes, ...rest }: Act): void {
  studio.documents.act({ ...rest, changes: [...pin(studio.documents.getState().document), ...changes] })
}

function pin(document: Document): Change[] {
  const missing = document.nodes.filter(({ id }) => !Object.hasOwn(document.layout, id))
  if (missing.length === 0) return []
  const places = placesOf(document)
  return [{ type: 'move', nodes: Object.fromEntries(missing.map(({ id }) => [id, places.get(id) ?? { x: 0, y: 0 }])) }]
}

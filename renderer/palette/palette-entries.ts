import { type KindName, kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { NodeCategory, NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'

export interface PaletteGroup {
  readonly category: NodeCategory
  readonly title: string
  readonly kinds: readonly PaletteKind[]
}

export type PaletteKind = NodeKind & { readonly kind: KindName }

const titles: readonly (readonly [NodeCategory, string])[] = [
  ['read', 'Read'],
  ['shape', 'Shape'],
  ['summarise', 'Summarise over time'],
  ['combine', 'Combine'],
  ['write', 'Write'],
]

const all: readonly PaletteKind[] = kinds

/** The kinds that have all the words typed, in the groups of the palette; a group without any is left out. */
export function paletteGroups(search: string, from: readonly PaletteKind[] = all): readonly PaletteGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = from.filter((kind) => {
    const text = `${kind.title} ${kind.term ?? ''} ${kind.description}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return titles
    .map(([category, title]) => ({ category, title, kinds: found.filter((kind) => kind.category === category) }))
    .filter((group) => group.kinds.length > 0)
}

/** The regions of the window, in the order of F6 (keyboard.md). */
export const regions = ['run-bar', 'left', 'canvas', 'inspector', 'dock'] as const
export type Region = (typeof regions)[number]

/** A field of the inspector: a node's setting, by its path in the config; `[]` is the first field, `['title']` with node `''` none. */
export interface FieldTarget {
  readonly nodeId: string
  readonly path: readonly (string | number)[]
}

/** Moves the focus between parts that do not know each other. */
export interface FocusBoard {
  /** A region says how it takes the focus; returns the way to take that back. */
  register(region: Region, take: () => void): () => void
  go(region: Region): void
  /** The inspector listens: shows the node and focuses the field. */
  onField(listener: (field: FieldTarget) => void): () => void
  field(field: FieldTarget): void
}

export function createFocusBoard(): FocusBoard {
  const takers = new Map<Region, () => void>()
  const fields = new Set<(field: FieldTarget) => void>()
  return {
    register(region, take) {
      takers.set(region, take)
      return () => {
        if (takers.get(region) === take) takers.delete(region)
      }
    },
    go: (region) => takers.get(region)?.(),
    onField(listener) {
      fields.add(listener)
      return () => fields.delete(listener)
    },
    field(field) {
      for (const listener of fields) listener(field)
    },
  }
}

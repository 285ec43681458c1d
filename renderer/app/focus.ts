/** The regions of the window, in the order of F6 (keyboard.md). */
export const regions = ['run-bar', 'left', 'canvas', 'inspector', 'dock'] as const
export type Region = (typeof regions)[number]

/** A field of the inspector: a node's setting, by its path in the config; `[]` is the first field. With node `''` one of the document. */
export interface FieldTarget {
  readonly nodeId: string
  readonly path: readonly (string | number)[]
  /** What to select in the text of an expression. */
  readonly range?: { readonly from: number; readonly to: number }
}

/** Moves the focus between parts that do not know each other. */
export interface FocusBoard {
  /** A region says how it takes the focus; returns the way to take that back. Without, the first control of the region takes it. */
  register(region: Region, take: () => void): () => void
  /** The element of a region while it is on screen: what had the focus in it is remembered. */
  landmark(region: Region, element: HTMLElement): () => void
  /** Shows the region where it is closed and gives it the focus. */
  go(region: Region): void
  /** F6: to the next (1) or the one before (-1) of the regions on screen, and there to what had the focus last. */
  step(direction: 1 | -1): void
  /** The layout listens: opens a panel or drawer that is closed, at once. */
  onReveal(reveal: (region: Region) => void): () => void
  /** The inspector listens: shows the node and focuses the field. */
  onField(listener: (field: FieldTarget) => void): () => void
  field(field: FieldTarget): void
}

const TABBABLE =
  'a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled),textarea:not(:disabled),[tabindex],[contenteditable=true]'

export function createFocusBoard(): FocusBoard {
  const takers = new Map<Region, () => void>()
  const landmarks = new Map<Region, HTMLElement>()
  const remembered = new Map<Region, HTMLElement>()
  const fields = new Set<(field: FieldTarget) => void>()
  let reveal: ((region: Region) => void) | undefined

  const takeRemembered = (region: Region): boolean => {
    const last = remembered.get(region)
    if (last?.isConnected !== true || landmarks.get(region)?.contains(last) !== true) return false
    last.focus()
    return document.activeElement === last
  }
  const takeFirst = (region: Region): void => {
    const tabbable = [...(landmarks.get(region)?.querySelectorAll<HTMLElement>(TABBABLE) ?? [])]
    tabbable.find((element) => element.tabIndex >= 0 && element.getClientRects().length > 0)?.focus()
  }
  const take = (region: Region): void => {
    const taker = takers.get(region)
    if (taker !== undefined) taker()
    else if (!takeRemembered(region)) takeFirst(region)
  }
  return {
    register(region, taker) {
      takers.set(region, taker)
      return () => {
        if (takers.get(region) === taker) takers.delete(region)
      }
    },
    landmark(region, element) {
      landmarks.set(region, element)
      const remember = ({ target }: FocusEvent): void => {
        if (target instanceof HTMLElement) remembered.set(region, target)
      }
      element.addEventListener('focusin', remember)
      return () => {
        element.removeEventListener('focusin', remember)
        if (landmarks.get(region) === element) landmarks.delete(region)
      }
    },
    go(region) {
      reveal?.(region)
      take(region)
    },
    step(direction) {
      const shown = regions.filter((region) => landmarks.has(region))
      const current = shown.findIndex((region) => landmarks.get(region)?.contains(document.activeElement) === true)
      const next = shown[(current < 0 ? (direction === 1 ? 0 : shown.length - 1) : current + direction + shown.length) % shown.length]
      if (next !== undefined && !takeRemembered(next)) take(next)
    },
    onReveal(listener) {
      reveal = listener
      return () => {
        if (reveal === listener) reveal = undefined
      }
    },
    onField(listener) {
      fields.add(listener)
      return () => fields.delete(listener)
    },
    field(field) {
      reveal?.('inspector')
      for (const listener of fields) listener(field)
    },
  }
}

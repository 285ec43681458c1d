/** Cards and links on screen write their figures themselves, four times a second, past React. */
export interface FigurePainters {
  /** Paints at once and after each update, until the function that comes back is called. */
  add(paint: () => void): () => void
  paintAll(): void
}

export function createFigurePainters(): FigurePainters {
  const painters = new Set<() => void>()
  return {
    add(paint) {
      painters.add(paint)
      paint()
      return () => painters.delete(paint)
    },
    paintAll() {
      for (const paint of painters) paint()
    },
  }
}

/** Writes a text only where it changes: a write costs a layout. */
export function writeText(element: Element | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text
}

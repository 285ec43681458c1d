import type { Point } from '../state/change.ts'
import type { Item } from '../state/item.ts'

/** What other parts may ask of the canvas on screen; coordinates are the document's. */
export interface CanvasPort {
  /** The middle of what is seen. */
  center(): Point
  /** The document's coordinates of a place on the screen, for drops. */
  fromScreen(point: Point): Point
  /** Pans as little as is needed to show an item. */
  reveal(item: Item): void
  fit(items?: readonly Item[]): void
  /** For a document that was just opened: all of it where that can be read, else its beginning. */
  showAll(): void
  zoomBy(factor: number): void
  zoomTo(zoom: number): void
}

/** The canvas puts its port here while it is mounted. */
export interface CanvasBoard {
  port: CanvasPort | undefined
}

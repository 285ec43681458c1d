import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

export const ROW_HEIGHT = 28
export const HEADER_HEIGHT = 28
/** Rows drawn beyond what is in sight, so that a turn of the wheel finds them there. */
const BEYOND = 6

interface Sight {
  readonly count: number
  /** The last of them are time windows that are still open. */
  readonly openCount: number
  /** Keeps the newest row in sight. */
  readonly following: boolean
}

export interface RowsInSight {
  /** Index of the first row to draw, and of the one after the last. */
  readonly from: number
  readonly to: number
  /** Whole rows that fit under the header. */
  readonly page: number
  /** Height of all rows and the header in pixels. */
  readonly height: number
  onScroll(): void
  /** Scrolls as far as needed. */
  show(row: number): void
}

/**
 * Which rows of a table with rows of equal height are drawn. A general virtualizer asks the page for its layout after every change and
 * draws twice while rows stream in; here the height comes from an observer, and a place that the table chose itself is known before
 * the browser tells.
 */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, { count, openCount, following }: Sight): RowsInSight {
  const [viewHeight, setViewHeight] = useState(0)
  const [, setFirstInSight] = useState(0)
  const place = useRef(0)
  const height = HEADER_HEIGHT + count * ROW_HEIGHT
  const page = Math.max(1, Math.floor((viewHeight - HEADER_HEIGHT) / ROW_HEIGHT))
  // Of the time windows still open at the end only so many are kept in sight that finished rows are seen, too.
  const newest = count - openCount + Math.min(openCount, Math.floor(page / 2))
  const target = following ? clamp(HEADER_HEIGHT + newest * ROW_HEIGHT - viewHeight, height - viewHeight) : undefined
  const top = target ?? clamp(place.current, height - viewHeight)

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    setViewHeight(element.clientHeight)
    const observer = new ResizeObserver(() => setViewHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || target === undefined || target === place.current) return
    place.current = target
    element.scrollTop = target
  }, [scroller, target])

  const first = Math.floor(top / ROW_HEIGHT)
  return {
    from: Math.max(0, first - BEYOND),
    to: Math.min(count, first + page + 1 + BEYOND),
    page,
    height,
    onScroll() {
      place.current = scroller.current?.scrollTop ?? 0
      // What lies between two rows is the browser's, and of a place that the table chose itself there is nothing new to draw.
      if (!following) setFirstInSight(Math.floor(place.current / ROW_HEIGHT))
    },
    show(row) {
      const element = scroller.current
      if (element === null) return
      const rowTop = row * ROW_HEIGHT
      if (rowTop < element.scrollTop) element.scrollTop = rowTop
      else if (rowTop + HEADER_HEIGHT + ROW_HEIGHT > element.scrollTop + viewHeight)
        element.scrollTop = rowTop + HEADER_HEIGHT + ROW_HEIGHT - viewHeight
    },
  }
}

function clamp(top: number, most: number): number {
  return Math.max(0, Math.min(top, most))
}

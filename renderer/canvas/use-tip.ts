import { useEffect, useMemo, useRef } from 'react'
import { type Tip, useCanvasView } from './canvas-store.ts'

export interface OwnTip {
  /** Not while a link is drawn: then it is said there what may be connected. */
  show(tip: () => Tip): void
  hide(): void
}

/** The tip beside an element. It goes with the element, which hears of no leaving where it goes away under the pointer. */
export function useTip(): OwnTip {
  const { store } = useCanvasView()
  const own = useRef<Tip>(undefined)
  useEffect(
    () => () => {
      if (own.current !== undefined && store.getState().tip === own.current) store.setState({ tip: undefined })
    },
    [store],
  )
  return useMemo(
    () => ({
      show(tip) {
        if (store.getState().connecting !== undefined) return
        own.current = tip()
        store.setState({ tip: own.current })
      },
      hide() {
        if (store.getState().tip !== undefined) store.setState({ tip: undefined })
      },
    }),
    [store],
  )
}

import { type RefObject, useEffect, useReducer, useRef } from 'react'
import { useStudio } from '../app/studio-context.tsx'

/**
 * A command of the canvas that was started in the outline (connect, add a step, rename) opens its list or field over the canvas; when it
 * is done, the outline has the focus again.
 */
export function useReturnFocus(tree: RefObject<HTMLElement | null>, take: () => void): void {
  const { mode } = useStudio()
  const started = useRef(false)
  const [, render] = useReducer((count: number) => count + 1, 0)
  const latest = useRef(take)
  latest.current = take
  useEffect(
    () =>
      mode.subscribe(({ type }, before) => {
        if (type !== 'walk' && before.type === 'walk') started.current = tree.current?.contains(document.activeElement) === true
        if (type !== 'walk' || !started.current) return
        started.current = false
        // After what closes has given the focus away.
        setTimeout(() => {
          latest.current()
          render()
        })
      }),
    [mode, tree],
  )
}

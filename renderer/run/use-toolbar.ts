import { type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react'

const ITEMS = 'button:not(:disabled),input:not(:disabled)'

interface Toolbar {
  readonly ref: (element: HTMLElement | null) => (() => void) | undefined
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

/** One stop of the Tab key: arrows, Home and End move between the controls of a toolbar (keyboard.md). */
export function useToolbar(): Toolbar {
  const bar = useRef<HTMLElement | null>(null)
  const current = useRef<HTMLElement | null>(null)
  const items = (): HTMLElement[] => [...(bar.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])].filter(isShown)
  const rove = (): void => {
    const all = items()
    const stop = all.find((item) => item === current.current) ?? all[0]
    for (const item of all) {
      const tabIndex = item === stop ? 0 : -1
      if (item.tabIndex !== tabIndex) item.tabIndex = tabIndex
    }
  }
  useEffect(rove)
  return {
    ref(element) {
      bar.current = element
      if (element === null) return undefined
      // Controls come and go by themselves: Run becomes Stop.
      const watch = new MutationObserver(rove)
      watch.observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
      rove()
      return () => watch.disconnect()
    },
    onFocus({ target }) {
      current.current = target instanceof HTMLElement ? target : null
      rove()
    },
    onKeyDown(event) {
      const { target, key } = event
      if (target instanceof HTMLInputElement && target.type !== 'checkbox') return
      const all = items()
      const at = target instanceof HTMLElement ? all.indexOf(target) : -1
      if (at < 0) return
      const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[key]
      if (next === undefined) return
      event.preventDefault()
      all[(next + all.length) % all.length]?.focus()
    },
  }
}

const isShown = (item: HTMLElement): boolean => item.getClientRects().length > 0

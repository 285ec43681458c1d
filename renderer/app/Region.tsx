import { type ReactNode, useEffect, useRef } from 'react'
import type { Region as RegionName } from './focus.ts'
import { useStudio } from './studio-context.tsx'
import { ViewBoundary } from './ViewBoundary.tsx'

interface RegionProps {
  readonly region: RegionName
  /** Absent: what is inside carries the name (the canvas, the run bar). */
  readonly label?: string
  readonly as?: 'main' | 'section' | 'aside' | 'div'
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A part of the window that F6 reaches: a landmark that remembers what had the focus in it. */
export function Region({ region, label, as: Element = 'section', className, children }: RegionProps) {
  const { focus } = useStudio()
  const element = useRef<HTMLElement | null>(null)
  useEffect(() => (element.current === null ? undefined : focus.landmark(region, element.current)), [focus, region])
  return (
    <Element
      ref={(found: HTMLElement | null) => {
        element.current = found
      }}
      data-region={region}
      className={className}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      <ViewBoundary name={label ?? region}>{children}</ViewBoundary>
    </Element>
  )
}

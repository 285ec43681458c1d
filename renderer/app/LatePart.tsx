import { Button } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Late } from './late.ts'
import { useStudio } from './studio-context.tsx'
import styles from './ViewBoundary.module.css'

interface LatePartProps<T> {
  readonly part: Late<T>
  /** What the user calls it: `The chart`. */
  readonly title: string
  readonly waiting: ReactNode
  /** Above the message where it could not be loaded: what the part would show. */
  readonly instead?: ReactNode
  readonly children: (value: T) => ReactNode
}

/** A late part in its place, or why it is not there and a button to try once more. */
export function LatePart<T>({ part, title, waiting, instead, children }: LatePartProps<T>) {
  const current = (): T | undefined => part.value
  // The last one is for what is drawn as text, in tests.
  const found = useSyncExternalStore(part.subscribe, current, current)
  const [reason, setReason] = useState<string>()
  const { announcer } = useStudio()
  const load = useCallback(
    () =>
      part.load().then(
        () => undefined,
        (error: unknown) => {
          setReason(error instanceof Error ? error.message : String(error))
          announcer.say(`${title} could not be loaded.`, 'late part')
        },
      ),
    [part, title, announcer],
  )
  useEffect(() => {
    if (found === undefined) void load()
  }, [found, load])
  if (found !== undefined) return children(found)
  if (reason === undefined) return waiting
  return (
    <>
      {instead}
      <Failed title={title} reason={reason} onTryAgain={load} />
    </>
  )
}

interface FailedProps {
  readonly title: string
  readonly reason: string
  readonly onTryAgain: () => Promise<void>
}

function Failed({ title, reason, onTryAgain }: FailedProps) {
  const root = useRef<HTMLDivElement>(null)
  const [trying, setTrying] = useState(false)
  const tryAgain = async (): Promise<void> => {
    if (trying) return
    const place = root.current?.parentElement
    const before = new Set(controlsIn(place))
    setTrying(true)
    await onTryAgain()
    setTrying(false)
    // The part takes the place of the button that had the focus.
    setTimeout(() => {
      if (document.activeElement === document.body)
        controlsIn(place)
          .find((each) => !before.has(each))
          ?.focus()
    })
  }
  return (
    <div ref={root} className={styles.failed}>
      <p className={styles.title}>{title} could not be loaded.</p>
      <p className={styles.reason}>{reason}</p>
      <p className={styles.reason}>Your document is untouched. If trying again does not help, save it and load the page again.</p>
      {/* Not disabled in the meantime: it would lose the focus. */}
      <Button variant="default" aria-busy={trying} onClick={() => void tryAgain()}>
        {trying ? 'Trying…' : 'Try again'}
      </Button>
    </div>
  )
}

function controlsIn(place: Element | null | undefined): readonly HTMLElement[] {
  return [...(place?.querySelectorAll<HTMLElement>('.cm-content, input, select, button:not(:disabled)') ?? [])]
}

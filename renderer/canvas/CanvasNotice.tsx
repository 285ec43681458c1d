import { useEffect } from 'react'
import { useMode, useStudio, useView } from '../app/studio-context.tsx'
import styles from './Canvas.module.css'

const SHOWN_FOR = 6000

/** What the keys do in a mode, or why something was not done. Screen readers are told by `#say`. */
export function CanvasNotice() {
  const studio = useStudio()
  const mode = useMode(({ type }) => type)
  const notice = useView((view) => view.notice)
  useEffect(() => {
    if (notice === undefined) return
    const timer = setTimeout(() => studio.view.setState({ notice: undefined }), SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [notice, studio])
  if (mode === 'move') {
    return (
      <div className={styles.mode} aria-hidden="true">
        <strong>Move</strong> · arrows 16 px, with Shift 64 px · Enter keeps · Esc puts back
      </div>
    )
  }
  if (mode === 'edge') {
    return (
      <div className={styles.mode} aria-hidden="true">
        <strong>Links</strong> · ↑ ↓ other links · → target · ← source · Enter data · Del deletes · Esc
      </div>
    )
  }
  return notice === undefined ? null : (
    <div className={styles.mode} data-wide="" aria-hidden="true">
      {notice}
    </div>
  )
}

import { Button, Loader } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useStudio, useView } from '../app/studio-context.tsx'
import { parseDraggedTopic, TOPIC_DRAG } from '../connections/topic-drag.ts'
import styles from './DropZone.module.css'
import { importFile } from './import-file.ts'

/** Files dropped anywhere on the page, and topics dropped on the canvas. Shows where they may be let go, and what is being read. */
export function DropZone() {
  const studio = useStudio()
  const reading = useView((view) => view.reading)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes(TOPIC_DRAG) === true && isOverCanvas(event)) event.preventDefault()
      if (!bringsFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      // Into nothing: out of the window.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent): void => {
      const topic = isOverCanvas(event) ? parseDraggedTopic(event.dataTransfer?.getData(TOPIC_DRAG) ?? '') : undefined
      if (topic !== undefined) {
        event.preventDefault()
        const at = studio.canvas.port?.fromScreen({ x: event.clientX, y: event.clientY })
        studio.view.setState({ dialog: { type: 'topic', ...topic, ...(at === undefined ? {} : { at }) } })
      }
      if (!bringsFiles(event)) return
      event.preventDefault()
      setOver(false)
      const point = { x: event.clientX, y: event.clientY }
      const at = studio.view.getState().gallery ? undefined : studio.canvas.port?.fromScreen(point)
      void importAll(studio, [...(event.dataTransfer?.files ?? [])], at)
    }
    window.addEventListener('dragenter', drag)
    window.addEventListener('dragover', drag)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', drag)
      window.removeEventListener('dragover', drag)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [studio])
  if (reading !== undefined) {
    return (
      <div className={styles.reading}>
        <Loader size={14} />
        <output>{reading.words}</output>
        <Button size="compact-sm" onClick={reading.cancel}>
          Cancel
        </Button>
      </div>
    )
  }
  return over ? (
    <div className={styles.over}>
      <span className={styles.words}>
        <IconFileImport size={16} stroke={1.5} aria-hidden="true" />
        Let go to read the file
      </span>
    </div>
  ) : null
}

type At = Parameters<typeof importFile>[2]

/** One after the other: each asks for what it needs to know. */
async function importAll(studio: Parameters<typeof importFile>[0], files: readonly File[], at: At): Promise<void> {
  for (const file of files) await importFile(studio, file, at)
}

function isOverCanvas({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('[data-region="canvas"]') !== null
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true
}

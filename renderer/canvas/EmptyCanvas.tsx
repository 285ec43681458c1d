import { Button } from '@mantine/core'
import { useStudio } from '../app/studio-context.tsx'
import styles from './Canvas.module.css'

/** An empty canvas teaches: what to drop here, and where to find something to begin with. */
export function EmptyCanvas() {
  const studio = useStudio()
  return (
    <div className={styles.empty}>
      <h2>Drop a source here</h2>
      <p>Drag a step of “Read” from the palette, or a CSV or JSON file from your folder. Or begin with a question that is drawn already.</p>
      <div className={styles.emptyActions}>
        <Button onClick={() => studio.mode.enter({ type: 'add-step' })}>Add a step</Button>
        <Button onClick={() => studio.view.setState({ gallery: true })}>Open the gallery</Button>
      </div>
    </div>
  )
}

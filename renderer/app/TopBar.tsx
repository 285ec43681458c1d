import { documentName } from '../files/document-name.ts'
import { RunBar } from '../run/RunBar.tsx'
import styles from './App.module.css'
import { Region } from './Region.tsx'
import { useDocument } from './studio-context.tsx'

/** The bar at the top: which document, and how it runs. */
export function TopBar() {
  const name = useDocument(documentName)
  return (
    <Region region="run-bar" label="Document and run" className={styles.topBar}>
      <h1 className="visually-hidden">{name}</h1>
      <div className={styles.runBar}>
        <RunBar />
      </div>
    </Region>
  )
}

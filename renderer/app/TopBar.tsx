import { RunBar } from '../run/RunBar.tsx'
import styles from './App.module.css'
import { Region } from './Region.tsx'

/** The bar at the top: which document, and how it runs. */
export function TopBar() {
  return (
    <Region region="run-bar" as="header" className={styles.topBar}>
      <div className={styles.runBar}>
        <RunBar />
      </div>
    </Region>
  )
}

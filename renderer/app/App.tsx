import { useEffect } from 'react'
import { flushSync } from 'react-dom'
import { Dialogs } from '../dialogs/Dialogs.tsx'
import { DropZone } from '../files/DropZone.tsx'
import { Gallery } from '../gallery/Gallery.tsx'
import styles from './App.module.css'
import { setPanelOpen } from './panels.ts'
import { Region } from './Region.tsx'
import { useStudio, useView } from './studio-context.tsx'
import { TopBar } from './TopBar.tsx'
import { Workspace } from './Workspace.tsx'

/** The window: the gallery, or bar, panels and canvas. */
export function App() {
  const studio = useStudio()
  const gallery = useView((view) => view.gallery)
  useEffect(
    () =>
      studio.focus.onReveal((region) => {
        // At once, so that what is opened can take the focus.
        flushSync(() => {
          if (region === 'left' || region === 'inspector' || region === 'dock') setPanelOpen(studio, region, true)
          else studio.view.setState({ drawer: undefined })
        })
      }),
    [studio],
  )
  return (
    <div className={styles.app}>
      {gallery ? (
        <Region region="canvas" label="Gallery" as="main" className={styles.gallery}>
          <Gallery />
        </Region>
      ) : (
        <>
          <TopBar />
          <Workspace />
        </>
      )}
      <DropZone />
      <Dialogs />
    </div>
  )
}

import { Group, Panel, Separator } from 'react-resizable-panels'
import { Canvas } from '../canvas/Canvas.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import styles from './App.module.css'
import { Dock, DockBar } from './Dock.tsx'
import { keepSize, keptSize } from './kept-size.ts'
import { LeftPanel, LeftRail } from './LeftPanel.tsx'
import { DRAWER_QUERY, RAIL_QUERY } from './panels.ts'
import { Region } from './Region.tsx'
import { useView } from './studio-context.tsx'
import { useMedia } from './use-media.ts'

/** Panels around the canvas. Where the window is too narrow for them they are drawers over it; the canvas itself is never taken away. */
export function Workspace() {
  const rail = useMedia(RAIL_QUERY)
  const drawers = useMedia(DRAWER_QUERY)
  const leftOpen = useView((view) => view.leftOpen) && !rail
  const inspectorOpen = useView((view) => view.inspectorOpen) && !drawers
  const dockOpen = useView((view) => view.dockOpen) && !drawers
  const drawer = useView((view) => view.drawer)
  const leftDrawer = rail && drawer === 'left'
  return (
    <>
      <Group orientation="vertical" className={styles.body}>
        <Panel id="upper" minSize={160}>
          <div className={styles.upper}>
            {leftOpen ? null : <LeftRail open={leftDrawer} />}
            <Group orientation="horizontal" className={styles.columns}>
              {leftOpen ? (
                <Panel
                  id="left"
                  key="left"
                  minSize={200}
                  maxSize={400}
                  defaultSize={keptSize('left', 240)}
                  groupResizeBehavior="preserve-pixel-size"
                  onResize={({ inPixels }) => keepSize('left', inPixels)}
                >
                  <LeftPanel />
                </Panel>
              ) : null}
              {leftOpen ? <Separator key="left-line" title="Width of the left panel" className={styles.upright} /> : null}
              <Panel id="canvas" key="canvas" minSize={200}>
                <Region region="canvas" as="main" className={styles.canvas}>
                  <Canvas />
                </Region>
              </Panel>
              {inspectorOpen ? <Separator key="inspector-line" title="Width of the inspector" className={styles.upright} /> : null}
              {inspectorOpen ? (
                <Panel
                  id="inspector"
                  key="inspector"
                  minSize={280}
                  maxSize={480}
                  defaultSize={keptSize('inspector', 320)}
                  groupResizeBehavior="preserve-pixel-size"
                  onResize={({ inPixels }) => keepSize('inspector', inPixels)}
                >
                  <InspectorRegion />
                </Panel>
              ) : null}
            </Group>
            {leftDrawer ? (
              <div className={styles.leftDrawer}>
                <LeftPanel />
              </div>
            ) : null}
            {drawers && drawer === 'inspector' ? (
              <div className={styles.inspectorDrawer}>
                <InspectorRegion />
              </div>
            ) : null}
            {drawers && drawer === 'dock' ? (
              <div className={styles.dockDrawer}>
                <Dock />
              </div>
            ) : null}
          </div>
        </Panel>
        {dockOpen ? <Separator key="dock-line" title="Height of the dock" className={styles.level} /> : null}
        {dockOpen ? (
          <Panel
            id="dock"
            key="dock"
            minSize={160}
            maxSize="60%"
            defaultSize={keptSize('dock', 240)}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => keepSize('dock', inPixels)}
          >
            <Dock />
          </Panel>
        ) : null}
      </Group>
      {dockOpen || (drawers && drawer === 'dock') ? null : (
        <Region region="dock" label="Dock" className={styles.closedDock}>
          <DockBar open={false} />
        </Region>
      )}
    </>
  )
}

function InspectorRegion() {
  return (
    <Region region="inspector" label="Inspector" as="aside" className={styles.inspector}>
      <Inspector />
    </Region>
  )
}

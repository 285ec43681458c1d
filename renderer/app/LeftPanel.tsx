import { ActionIcon, Tooltip } from '@mantine/core'
import { IconLayoutGridAdd, IconLayoutSidebarLeftCollapse, IconListTree, IconPlugConnected } from '@tabler/icons-react'
import { ConnectionsPanel } from '../connections/ConnectionsPanel.tsx'
import { Outline } from '../outline/Outline.tsx'
import { Palette } from '../palette/Palette.tsx'
import type { LeftTab } from '../state/view-store.ts'
import styles from './App.module.css'
import { setPanelOpen } from './panels.ts'
import { Region } from './Region.tsx'
import { useStudio, useView } from './studio-context.tsx'
import { TabStrip } from './TabStrip.tsx'
import { ViewBoundary } from './ViewBoundary.tsx'

const tabs = [
  { id: 'palette', title: 'Steps', icon: IconLayoutGridAdd, View: Palette },
  { id: 'outline', title: 'Outline', icon: IconListTree, View: Outline },
  { id: 'connections', title: 'Connections', icon: IconPlugConnected, View: ConnectionsPanel },
] as const satisfies readonly { readonly id: LeftTab; readonly title: string; readonly icon: unknown; readonly View: unknown }[]

/** What can be added, what is there, and where data comes from. */
export function LeftPanel() {
  const studio = useStudio()
  const selected = useView((view) => view.leftTab)
  const View = tabs.find(({ id }) => id === selected)?.View ?? Palette
  return (
    <Region region="left" label="Left panel" className={styles.left}>
      <div className={styles.stripRow}>
        <TabStrip
          label="Left panel"
          name="left"
          tabs={tabs}
          selected={selected}
          open
          onSelect={(leftTab) => studio.view.setState({ leftTab })}
        />
        <Tooltip label="Close the left panel">
          <ActionIcon variant="subtle" aria-label="Close the left panel" onClick={() => setPanelOpen(studio, 'left', false)}>
            <IconLayoutSidebarLeftCollapse size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div role="tabpanel" id={`left-panel-${selected}`} aria-labelledby={`left-tab-${selected}`} className={styles.tabPanel}>
        <ViewBoundary key={selected} name={tabs.find(({ id }) => id === selected)?.title ?? selected}>
          <View />
        </ViewBoundary>
      </div>
    </Region>
  )
}

/** The left panel where there is no room for it, or where it was closed. */
export function LeftRail({ open }: { readonly open: boolean }) {
  const studio = useStudio()
  const selected = useView((view) => view.leftTab)
  const press = (leftTab: LeftTab): void => {
    const closes = open && leftTab === selected
    studio.view.setState({ leftTab })
    setPanelOpen(studio, 'left', !closes)
  }
  const buttons = (
    <nav className={styles.rail} aria-label="Panels">
      {tabs.map(({ id, title, icon: Icon }) => (
        <Tooltip key={id} label={title} position="right">
          <ActionIcon
            variant="subtle"
            aria-label={title}
            aria-expanded={open && id === selected}
            data-current={open && id === selected}
            onClick={() => press(id)}
          >
            <Icon size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      ))}
    </nav>
  )
  // While the drawer is open, it is the region; else F6 stops here.
  if (open) return buttons
  return (
    <Region region="left" label="Left panel" className={styles.railRegion}>
      {buttons}
    </Region>
  )
}

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconLayoutSidebarRight } from '@tabler/icons-react'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { DataPanel } from '../data/DataPanel.tsx'
import { LogsPanel } from '../logs/LogsPanel.tsx'
import { ProblemsPanel } from '../problems/ProblemsPanel.tsx'
import type { DockTab } from '../state/view-store.ts'
import styles from './App.module.css'
import { DRAWER_QUERY, isPanelOpen, setPanelOpen, togglePanel } from './panels.ts'
import { Region } from './Region.tsx'
import { useCompiled, useDocument, useStudio, useView } from './studio-context.tsx'
import { TabStrip } from './TabStrip.tsx'
import { useMedia } from './use-media.ts'
import { ViewBoundary } from './ViewBoundary.tsx'

const views = { data: DataPanel, problems: ProblemsPanel, logs: LogsPanel } as const

const titles: Readonly<Record<DockTab, string>> = { data: 'Data', problems: 'Problems', logs: 'Logs' }

/** What flows, what is wrong, and what the run wrote. */
export function Dock() {
  const selected = useView((view) => view.dockTab)
  const View = views[selected]
  return (
    <Region region="dock" label="Dock" className={styles.dock}>
      <DockBar open />
      <div role="tabpanel" id={`dock-panel-${selected}`} aria-labelledby={`dock-tab-${selected}`} className={styles.tabPanel}>
        <ViewBoundary key={selected} name={titles[selected]}>
          <View />
        </ViewBoundary>
      </div>
    </Region>
  )
}

/** The tabs of the dock; where it is closed they are what is left of it. */
export function DockBar({ open }: { readonly open: boolean }) {
  const studio = useStudio()
  const selected = useView((view) => view.dockTab)
  const isEmpty = useDocument(({ document }) => document.nodes.length === 0)
  // That nothing is drawn yet is said by the canvas; nobody did anything wrong.
  const counts = ({ code }: Issue): boolean => !isEmpty || code !== 'EMPTY_PIPELINE'
  const problems = useCompiled(({ issues }) => issues.filter(counts).length)
  const errors = useCompiled(({ issues }) => issues.some((issue) => issue.severity === 'error' && counts(issue)))
  // Asked anew when the window becomes wide or narrow.
  useMedia(DRAWER_QUERY)
  const inspectorOpen = useView((view) => isPanelOpen(view, 'inspector'))
  const show = (dockTab: DockTab): void => {
    studio.view.setState({ dockTab })
    setPanelOpen(studio, 'dock', true)
  }
  return (
    <div className={styles.stripRow}>
      <TabStrip
        label="Dock"
        name="dock"
        tabs={[
          { id: 'data', title: titles.data },
          { id: 'problems', title: titles.problems, extra: <ProblemCount count={problems} errors={errors} /> },
          { id: 'logs', title: titles.logs },
        ]}
        selected={selected}
        open={open}
        onSelect={show}
      />
      <span className={styles.spring} />
      <PanelButton label={inspectorOpen ? 'Close the inspector' : 'Open the inspector'} onPress={() => togglePanel(studio, 'inspector')}>
        <IconLayoutSidebarRight size={16} stroke={1.5} />
      </PanelButton>
      <PanelButton label={open ? 'Close the dock' : 'Open the dock'} onPress={() => setPanelOpen(studio, 'dock', !open)}>
        {open ? <IconChevronDown size={16} stroke={1.5} /> : <IconChevronUp size={16} stroke={1.5} />}
      </PanelButton>
    </div>
  )
}

function ProblemCount({ count, errors }: { readonly count: number; readonly errors: boolean }) {
  return count === 0 ? null : <span className={errors ? styles.errorCount : styles.warningCount}>{count}</span>
}

function PanelButton(props: { readonly label: string; readonly onPress: () => void; readonly children: React.ReactNode }) {
  return (
    <Tooltip label={props.label} position="top-end">
      <ActionIcon variant="subtle" aria-label={props.label} onClick={props.onPress}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  )
}

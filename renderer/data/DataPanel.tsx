import { Button, SegmentedControl, Tooltip } from '@mantine/core'
import { IconDownload, IconHistory } from '@tabler/icons-react'
import { memo, type ReactNode, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { LatePart } from '../app/LatePart.tsx'
import { useDocument, useRuns, useSelection, useStudio, useView } from '../app/studio-context.tsx'
import type { ChartView } from '../chart/ChartView.tsx'
import { chartPart } from '../chart/chart-part.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { formatCount } from '../format/figures.ts'
import { refusalOf } from '../host/refusal.ts'
import { useStale } from '../run/use-stale.ts'
import { isUnderWay } from '../state/run-store.ts'
import type { ViewState } from '../state/view-store.ts'
import styles from './DataPanel.module.css'
import { DataTabs } from './DataTabs.tsx'
import { type DataPlace, type DataTab, placeOf, shownTab } from './data-tabs.ts'
import { commaSeparated } from './delimited.ts'
import { isFileIn } from './file-topics.ts'
import { createGridModel, type GridModel } from './grid/grid-model.ts'
import { RowGrid } from './grid/RowGrid.tsx'
import { newerThanHeld } from './row-buffer.ts'
import type { ShownRows } from './row-feed.ts'
import { useDataTabs } from './use-data-tabs.ts'
import { useRows } from './use-rows.ts'

/** Rows at the active step or link, as a table and a chart of the same rows. */
export function DataPanel() {
  const document = useDocument((state) => state.document)
  // Who walks from step to step does not wait for tables that he passes by.
  const active = useDeferredValue(useSelection((state) => state.active))
  const place = placeOf(active, document)
  if (place === undefined) return <Empty>Add a step to see its rows here.</Empty>
  return <StepData key={place.node.id} place={place} />
}

function StepData({ place }: { readonly place: DataPlace }) {
  const { view, focus } = useStudio()
  const panel = useRef<HTMLDivElement>(null)
  useEffect(
    () =>
      focus.register('dock', () => {
        const table = panel.current?.querySelector<HTMLElement>('[role=grid]')
        ;(table ?? panel.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]'))?.focus()
      }),
    [focus],
  )
  const dataTab = useView((state) => state.dataTab)
  const dataPort = useView((state) => state.dataPort)
  const tabs = useDataTabs(place.node)
  const tab = shownTab(tabs, place, { dataTab, dataPort })
  const hasRun = useRuns(({ run }) => run !== undefined)
  if (tab === undefined) return <Empty>This version does not know this kind of step, so it has no rows.</Empty>
  const select = (next: DataTab): void => view.setState({ dataTab: next.tab, dataPort: next.port })
  return (
    <div ref={panel} className={styles.panel}>
      <DataTabs node={place.node} tabs={tabs} selected={tab} onSelect={select}>
        {hasRun ? (
          <TabData key={`${place.node.id} ${tab.id}`} nodeId={place.node.id} title={stepFacts(place.node).title} tab={tab} />
        ) : (
          <TabPanel tab={tab}>
            <Empty>Run to see the rows of {stepFacts(place.node).title} here.</Empty>
          </TabPanel>
        )}
      </DataTabs>
    </div>
  )
}

const MOST_ROWS = 5000

interface TabDataProps {
  readonly nodeId: string
  readonly title: string
  readonly tab: DataTab
}

/** Not drawn again when the settings of its step change. */
const TabData = memo(function TabData({ nodeId, title, tab }: TabDataProps) {
  const { runs } = useStudio()
  const runId = useRuns(({ run }) => run?.runId)
  const live = useRuns(({ run }) => isUnderWay(run))
  const timeZone = useDocument(({ document }) => document.timeZone)
  const shownView = useView((state) => state.dataView)
  const [pausedRun, setPausedRun] = useState<string>()
  const following = pausedRun === undefined || pausedRun !== runId
  const rows = useRows({ nodeId, tab: tab.tab, port: tab.port, limit: MOST_ROWS, following })
  const model = useMemo(() => {
    const isFile = isFileIn(runs.getState().run?.document)
    return createGridModel(rows, { tab: tab.tab, timeZone, isFile })
  }, [rows, tab.tab, timeZone, runs])
  const shown = useRef(model)
  shown.current = model
  const modelNow = useCallback(() => shown.current, [])
  const label = `${tab.title} of ${title}`
  const empty = model.count === 0
  return (
    <>
      <div className={styles.tools}>
        <ShownText rows={rows} following={following} live={live} onFollow={() => setPausedRun(undefined)} />
        <ViewSwitch />
        <SaveButton model={modelNow} name={`${title} ${tab.title.toLowerCase()}`} disabled={empty} />
      </div>
      <TabPanel tab={tab}>
        {empty ? (
          <Empty>{rows.refusal ?? (rows.loaded ? (live ? tab.empty : tab.empty.replace(' yet', '')) : '')}</Empty>
        ) : (
          <div className={shownView === 'both' ? styles.both : styles.one}>
            {shownView === 'chart' ? null : (
              <Grid model={model} rows={rows} label={label} live={live} following={following} onPause={() => setPausedRun(runId)} />
            )}
            {shownView === 'table' ? null : <Chart rows={rows} label={label} identity={`${nodeId} ${tab.id}`} timeZone={timeZone} />}
          </div>
        )}
      </TabPanel>
    </>
  )
})

function Chart(props: Parameters<typeof ChartView>[0]) {
  return (
    <LatePart part={chartPart} title="The chart" waiting={<Empty>The chart is on its way…</Empty>}>
      {(part) => <part.ChartView {...props} />}
    </LatePart>
  )
}

interface GridProps {
  readonly model: GridModel
  readonly rows: ShownRows
  readonly label: string
  readonly live: boolean
  readonly following: boolean
  readonly onPause: () => void
}

function Grid({ model, rows, label, live, following, onPause }: GridProps) {
  const { announcer } = useStudio()
  return (
    <RowGrid
      label={label}
      model={model}
      identity={`${label} ${rows.runId}`}
      live={live}
      following={following}
      total={rows.total}
      onPause={() => {
        if (following) onPause()
      }}
      onCopied={(count) => announcer.say(count === 1 ? 'Copied 1 row.' : `Copied ${formatCount(count)} rows.`, 'copied')}
    />
  )
}

interface ShownTextProps {
  readonly rows: ShownRows
  readonly following: boolean
  readonly live: boolean
  readonly onFollow: () => void
}

/** How much of what passed is on screen. */
function ShownText({ rows, following, live, onFollow }: ShownTextProps) {
  const stale = useStale()
  // While it follows a fast stream there are newer ones, too, until the next page.
  const newer = following ? 0 : newerThanHeld(rows)
  const open = rows.open.length === 0 ? '' : ` · ${formatCount(rows.open.length)} still open`
  return (
    <>
      {stale ? (
        <span className={styles.stale}>
          <IconHistory size={14} stroke={1.5} aria-hidden />
          before your edit
        </span>
      ) : null}
      {following || (!live && newer === 0) ? null : (
        <Button size="compact-xs" className="figures" onClick={onFollow}>
          {newer === 0 ? 'paused, follow again' : `paused, ${formatCount(newer)} newer`}
        </Button>
      )}
      {rows.total === 0 && open === '' ? null : (
        <span className={`${styles.shown} figures`}>
          {formatCount(rows.rows.length)} of {formatCount(rows.total)}
          <span className={styles.more}> shown · newest last{open}</span>
        </span>
      )}
    </>
  )
}

const views: { readonly value: ViewState['dataView']; readonly label: string }[] = [
  { value: 'table', label: 'Table' },
  { value: 'chart', label: 'Chart' },
  { value: 'both', label: 'Both' },
]

const ViewSwitch = memo(function ViewSwitch() {
  const { view } = useStudio()
  const shown = useView((state) => state.dataView)
  return (
    <SegmentedControl
      aria-label="Show rows as"
      data={views}
      value={shown}
      onChange={(value) => {
        const chosen = views.find((each) => each.value === value)
        if (chosen !== undefined) view.setState({ dataView: chosen.value })
      }}
    />
  )
})

interface SaveButtonProps {
  /** Asked when it is pressed: the rows change four times a second. */
  readonly model: () => GridModel
  readonly name: string
  readonly disabled: boolean
}

/** The rows that are shown as a CSV file, without those still open and without what is no data. */
const SaveButton = memo(function SaveButton({ model: modelNow, name, disabled }: SaveButtonProps) {
  const { host, announcer } = useStudio()
  const save = async (): Promise<void> => {
    const model = modelNow()
    const data = model.columns.flatMap(({ source }, i) => (typeof source === 'number' ? [i] : []))
    const [left, right] = [data[0], data.at(-1)]
    if (left === undefined || right === undefined) return
    const table = model.tableOf({ top: 0, bottom: model.count - model.openCount - 1, left, right })
    try {
      const written = await host.shell.documents.exportText({ suggestedName: `${fileName(name)}.csv`, text: commaSeparated(table) })
      if (written !== null)
        announcer.say(`${formatCount(table.rows.length)} ${table.rows.length === 1 ? 'row' : 'rows'} written to ${written.path}.`, 'export')
    } catch (error) {
      announcer.alarm(`The rows were not saved. ${refusalOf(error).message}`)
    }
  }
  return (
    <Tooltip label="Save the rows shown as CSV">
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconDownload size={14} stroke={1.5} aria-hidden />}
        disabled={disabled}
        onClick={() => void save()}
      >
        CSV
      </Button>
    </Tooltip>
  )
})

const fileName = (name: string): string => name.replaceAll(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'rows'

function TabPanel({ tab, children }: { readonly tab: DataTab; readonly children: ReactNode }) {
  return (
    <div role="tabpanel" id={`data-panel-${tab.id}`} aria-labelledby={`data-tab-${tab.id}`} className={styles.content}>
      {children}
    </div>
  )
}

function Empty({ children }: { readonly children: ReactNode }) {
  return <p className={styles.empty}>{children}</p>
}

import { ActionIcon, NativeSelect, TextInput, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconCopy, IconInfoCircle, IconXboxX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { LogLine } from '../../pipeline-runtime/rpc/run-state.ts'
import { useDocument, useRuns, useStudio } from '../app/studio-context.tsx'
import { copyText } from '../edit/copy-text.ts'
import { tell } from '../edit/tell.ts'
import { formatCount } from '../format/figures.ts'
import { formatDateTime } from '../format/times.ts'
import controls from '../style/controls.module.css'
import styles from './LogsPanel.module.css'
import { createLogFeed } from './log-feed.ts'
import { detailLines, filterLines, type LogFilter, type LogLevel, levelWords, logText, stepOfLine } from './log-lines.ts'

/** What the run says of itself. */
export function LogsPanel() {
  const studio = useStudio()
  const { runs, host, announcer } = studio
  const timeZone = useDocument(({ document }) => document.timeZone)
  const hasRun = useRuns(({ run }) => run !== undefined)
  const feed = useMemo(() => createLogFeed(runs, host.runtime), [runs, host])
  useEffect(() => feed.start(), [feed])
  const { lines, gone } = useSyncExternalStore(feed.subscribe, feed.current)
  const [filter, setFilter] = useState<LogFilter>({ least: 'info', text: '' })
  const shown = useMemo(() => filterLines(lines, filter), [lines, filter])
  const copy = async (): Promise<void> => {
    if (!(await copyText(logText(shown, timeZone)))) return tell(studio, 'The system does not let the page write the clipboard.')
    announcer.say(shown.length === 1 ? 'Copied 1 line.' : `Copied ${formatCount(shown.length)} lines.`, 'copied')
  }
  if (!hasRun) return <p className={styles.empty}>Run to see what the engine says here.</p>
  return (
    <div className={styles.panel}>
      <div className={styles.tools}>
        <NativeSelect
          aria-label="Least level"
          size="xs"
          value={filter.least}
          data={[
            { value: 'info', label: 'All lines' },
            { value: 'warn', label: 'Warnings and errors' },
            { value: 'error', label: 'Errors' },
          ]}
          onChange={({ currentTarget }) => setFilter({ ...filter, least: levelNamed(currentTarget.value) })}
        />
        <TextInput
          aria-label="Lines with this text"
          placeholder="Filter by text"
          size="xs"
          value={filter.text}
          onChange={({ currentTarget }) => setFilter({ ...filter, text: currentTarget.value })}
        />
        <span className={`${styles.note} figures`}>
          {formatCount(shown.length)} of {formatCount(lines.length)} lines
          {gone === 0 ? '' : ` · ${formatCount(gone)} earlier ${gone === 1 ? 'line is' : 'lines are'} gone`}
        </span>
        <span className={styles.spring} />
        <Tooltip label="Copy these lines">
          <ActionIcon aria-label="Copy these lines" disabled={shown.length === 0} onClick={() => void copy()}>
            <IconCopy size={16} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </div>
      {shown.length === 0 ? (
        <p className={styles.empty}>{lines.length === 0 ? 'No line yet.' : 'No line fits the filter.'}</p>
      ) : (
        <Lines lines={shown} timeZone={timeZone} />
      )}
    </div>
  )
}

const LINE_HEIGHT = 24

function Lines({ lines, timeZone }: { readonly lines: readonly LogLine[]; readonly timeZone: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (index) => lines[index]?.seq ?? index,
    overscan: 10,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest line stays in sight when lines come.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight
  }, [lines])
  const toggle = (seq: number): void => {
    const next = new Set(open)
    if (!next.delete(seq)) next.add(seq)
    setOpen(next)
  }
  return (
    <div
      ref={scroller}
      role="log"
      aria-live="off"
      aria-label="Log of the run"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys.
      tabIndex={0}
      className={styles.log}
      onScroll={({ currentTarget }) => {
        atEnd.current = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < LINE_HEIGHT
      }}
    >
      <div className={styles.lines} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]
          return line === undefined ? null : (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className={styles.line}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line line={line} timeZone={timeZone} open={open.has(line.seq)} onToggle={() => toggle(line.seq)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

interface LineProps {
  readonly line: LogLine
  readonly timeZone: string
  readonly open: boolean
  readonly onToggle: () => void
}

function Line({ line, timeZone, open, onToggle }: LineProps) {
  const details = detailLines(line)
  return (
    <>
      <div className={styles.first}>
        {details.length === 0 ? (
          <span className={styles.noToggle} />
        ) : (
          <button type="button" aria-expanded={open} aria-label="Details" className={controls.iconButton} onClick={onToggle}>
            {open ? <IconChevronDown size={14} stroke={1.5} aria-hidden /> : <IconChevronRight size={14} stroke={1.5} aria-hidden />}
          </button>
        )}
        <span className={styles.time}>{formatDateTime(line.timeMs, timeZone)}</span>
        <Level level={line.level} />
        <span className={styles.message} title={line.message}>
          {line.message}
        </span>
        <StepLink line={line} />
      </div>
      {open ? <pre className={styles.details}>{details.join('\n')}</pre> : null}
    </>
  )
}

function StepLink({ line }: { readonly line: LogLine }) {
  const { selection, canvas } = useStudio()
  const nodeId = stepOfLine(line)
  const node = useDocument(({ document }) => document.nodes.find(({ id }) => id === nodeId))
  if (node === undefined) return null
  const show = (): void => {
    const item = { type: 'node', id: node.id } as const
    selection.select(item)
    canvas.port?.reveal(item)
  }
  return (
    <button type="button" className={styles.step} onClick={show}>
      Show {node.title ?? node.id}
    </button>
  )
}

const icons = { info: IconInfoCircle, warn: IconAlertTriangle, error: IconXboxX } as const

function Level({ level }: { readonly level: LogLevel }) {
  const Icon = icons[level]
  return (
    <span className={`${styles.level} ${styles[level] ?? ''}`}>
      <Icon size={14} stroke={1.5} aria-hidden />
      {levelWords[level]}
    </span>
  )
}

function levelNamed(value: string): LogLevel {
  return value === 'warn' || value === 'error' ? value : 'info'
}

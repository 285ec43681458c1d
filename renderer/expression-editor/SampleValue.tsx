import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { applyFix } from '../../pipeline-runtime/expressions/expressions.ts'
import { Message } from '../inspector/form/FieldRow.tsx'
import formStyles from '../inspector/form/form.module.css'
import controls from '../style/controls.module.css'
import { type CheckedExpression, resultText } from './check-expression.ts'
import styles from './expression-editor.module.css'
import { sampleHints } from './sample-hints.ts'
import { countPassing, type Passing, valueForRow } from './sample-value.ts'
import type { SampleRow } from './shape-rows.ts'
import { useSampleRows } from './use-sample-rows.ts'

const NO_ROWS: readonly SampleRow[] = []

/** Below an expression: its type, and what it gives for one row of a sample; of a condition, for how many it is true. */
export function SampleValue({
  checked,
  nodeId,
  timeZone,
  onFix,
}: {
  readonly checked: CheckedExpression
  readonly nodeId: string
  readonly timeZone: string
  /** Gets the whole text after a fix. */
  readonly onFix: (text: string) => void
}) {
  const sample = useSampleRows(nodeId)
  const [at, setAt] = useState(0)
  const rows = sample?.type === 'rows' ? sample.rows : NO_ROWS
  const { analyzed } = checked
  const passing = useMemo(() => (analyzed === undefined ? undefined : countPassing(analyzed, rows)), [analyzed, rows])
  const hints = useMemo(() => (analyzed === undefined ? [] : sampleHints(analyzed, checked.text, rows)), [analyzed, checked.text, rows])
  const type = resultText(checked)
  if (analyzed?.typed === undefined) return null
  const index = Math.min(at, Math.max(0, rows.length - 1))
  const row = rows[index]
  const value = row === undefined || sample?.type !== 'rows' ? undefined : valueForRow(analyzed, row, sample.types, timeZone)
  return (
    <div className={styles.below}>
      {value !== undefined && (
        <div className={styles.value}>
          <button
            type="button"
            className={controls.iconButton}
            aria-label="Row before"
            disabled={index === 0}
            onClick={() => setAt(index - 1)}
          >
            <IconChevronLeft size={14} stroke={1.5} aria-hidden />
          </button>
          <button
            type="button"
            className={controls.iconButton}
            aria-label="Next row"
            disabled={index >= rows.length - 1}
            onClick={() => setAt(index + 1)}
          >
            <IconChevronRight size={14} stroke={1.5} aria-hidden />
          </button>
          <span className={styles.reading} title={value.read.map(({ name, text }) => `${name}: ${text}`).join('\n')}>
            {value.read.map(({ text }) => text).join(' · ')}
            {value.read.length > 0 && ' '}→{' '}
            {value.result.ok ? <b>{value.result.text}</b> : <span className={styles.failed}>{value.result.message}</span>}
          </span>
          {passing === undefined && type !== undefined && <span className={styles.type}>{type}</span>}
        </div>
      )}
      <div className={styles.facts}>
        {passing !== undefined && rows.length > 0 && <span>{passingText(passing, sample?.type === 'rows' && sample.from === 'run')}</span>}
        {value === undefined && type !== undefined && <span className={styles.type}>{type}</span>}
        {value === undefined && row !== undefined && <span>No value for a sample row: it needs columns that a sample does not show.</span>}
        {sample?.type === 'none' && <span>{sample.hint}</span>}
      </div>
      {hints.map(({ message, fix }) => (
        <div key={message} className={formStyles.messages}>
          <Message severity="warning">{message}</Message>
          <button type="button" className={controls.smallButton} onClick={() => onFix(applyFix(checked.text, fix))}>
            {fix.title}
          </button>
        </div>
      ))}
    </div>
  )
}

/** `passes 37 of 50`; rows for which it cannot be calculated are said. */
function passingText({ passed, failed, rows }: Passing, ofRun: boolean): string {
  return `passes ${passed} of ${rows} ${ofRun ? 'rows of the run' : 'sample rows'}${failed > 0 ? `, fails for ${failed}` : ''}`
}

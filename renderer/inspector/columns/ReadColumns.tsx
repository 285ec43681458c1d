import { useEffect, useRef, useState } from 'react'
import type { SampledRows } from '../../../pipeline-runtime/rpc/runtime-api.ts'
import { sameJson } from '../../../pipeline-runtime/spec/json.ts'
import { shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { useRuns, useStudio } from '../../app/studio-context.tsx'
import { refusalOf } from '../../host/refusal.ts'
import { getIn } from '../../state/change.ts'
import controls from '../../style/controls.module.css'
import styles from '../form/form.module.css'
import type { Path } from '../form/form-field.ts'
import { type Setting, useForm } from '../form/form-port.tsx'
import { type ColumnSource, columnSource } from './column-source.ts'
import { readSample } from './read-sample.ts'
import { TakeColumnsDialog, type TakenColumns } from './TakeColumnsDialog.tsx'

/** "Read 100 rows": what the source seems to hold is shown, can be corrected, and is taken over then. */
export function ReadColumns({ path }: { readonly path: Path }) {
  const form = useForm()
  const studio = useStudio()
  const target = useRuns((state) => state.settings.target)
  const [answer, setAnswer] = useState<{ readonly sampled?: SampledRows; readonly problem?: string; readonly busy?: boolean }>({})
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    // The dialog leaves the page at once, and with it what had the focus.
    if (wasOpen.current && answer.sampled === undefined) button.current?.focus()
    wasOpen.current = answer.sampled !== undefined
  }, [answer.sampled])
  const { kind } = form
  if (kind === undefined) return null
  const source = columnSource(kind, form.value, String(path[0]), target)
  const read = (): void => {
    setAnswer({ busy: true })
    readSample(studio, source).then(
      (sampled) => setAnswer({ sampled }),
      (error: unknown) => setAnswer({ problem: refusalOf(error).message }),
    )
  }
  const take = ({ columns, eventTime, format }: TakenColumns): void => {
    const has = (name: string): boolean => Object.hasOwn(shapeOf(kind.config) ?? {}, name)
    const settings: Setting[] = [{ path, value: columns }]
    if (has('eventTime')) settings.push({ path: ['eventTime'], value: eventTime })
    if (has('format') && !sameJson(format, getIn(form.value, ['format']))) settings.push({ path: ['format'], value: format })
    form.setAll(settings, `take ${columns.length} columns of ${sourceName(source)}`)
    studio.announcer.say(`${columns.length} columns taken.`)
    setAnswer({})
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={controls.smallButton}
        disabled={source.type === 'none'}
        // Not `disabled`, which would drop the focus: a second press does nothing.
        aria-disabled={answer.busy === true}
        onClick={() => {
          if (answer.busy !== true) read()
        }}
      >
        {answer.busy === true ? 'Reading…' : source.type === 'shape' ? 'Read 100 sample rows' : 'Read 100 rows'}
      </button>
      {source.type === 'none' && <p className={styles.hint}>{source.reason}</p>}
      {answer.problem !== undefined && (
        <p className={styles.message} role="alert">
          {answer.problem}
        </p>
      )}
      {answer.sampled !== undefined && (
        <TakeColumnsDialog
          sampled={answer.sampled}
          from={sourceName(source)}
          timeZone={form.timeZone}
          onTake={take}
          onClose={() => setAnswer({})}
        />
      )}
    </>
  )
}

function sourceName(source: ColumnSource): string {
  switch (source.type) {
    case 'topic':
      return `topic ${source.topic}`
    case 'file':
      return `file ${source.path}`
    case 'shape':
      return `the sample data "${source.shape.title}"`
    case 'none':
      return ''
  }
}

import { IconAlertCircle, IconAlertTriangle, IconRotate } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import type { Issue } from '../../../pipeline-runtime/spec/issue.ts'
import { sameJson } from '../../../pipeline-runtime/spec/json.ts'
import { useDocument, useStudio } from '../../app/studio-context.tsx'
import { applyIssueFix } from '../../problems/apply-issue-fix.ts'
import { issueText } from '../../problems/issue-text.ts'
import { getIn } from '../../state/change.ts'
import controls from '../../style/controls.module.css'
import styles from './form.module.css'
import type { FormField } from './form-field.ts'
import { fieldMark, issuesAt, useForm } from './form-port.tsx'
import { Info } from './Info.tsx'
import { usualText } from './placeholder.ts'

/** What a control needs to be named, described and marked as wrong. */
export interface Control {
  readonly id: string
  /** JSON Pointer of the setting in the document. */
  readonly pointer: string
  readonly labelId: string
  readonly errorId: string
  readonly issues: readonly Issue[]
  /** For Mantine's inputs: messages below, named by `aria-errormessage` and `aria-describedby`. `message` is about what is typed and not in the document. */
  inputProps(message?: string): Record<string, unknown>
}

/** A setting with its label, ⓘ, control, what is wrong with it and the fixes. */
export function FieldRow({
  field,
  deep = true,
  hidesLabel = field.hidesTitle === true,
  rangesElsewhere = false,
  ownMessages = false,
  children,
}: {
  readonly field: FormField
  /** Whether problems inside of the value are shown here too: false where the parts have rows of their own. */
  readonly deep?: boolean
  readonly hidesLabel?: boolean
  /** Whether problems at a place in the text are shown by the control itself. */
  readonly rangesElsewhere?: boolean
  /** Whether the control shows the messages by `inputProps`. */
  readonly ownMessages?: boolean
  readonly children: (control: Control) => ReactNode
}) {
  const form = useForm()
  const id = useId()
  const issues = issuesAt(form, field.path, deep).filter((issue) => !(rangesElsewhere && issue.range !== undefined))
  const errorId = `${id}-error`
  const control: Control = {
    id,
    pointer: `${form.base}${fieldMark(field.path)}`,
    labelId: `${id}-label`,
    errorId,
    issues,
    inputProps: (message) => inputProps(id, errorId, field, issues, message),
  }
  return (
    <div
      className={styles.field}
      data-field={fieldMark(field.path)}
      data-missing={issues.length > 0 && issues.every(isMissing) ? true : undefined}
    >
      <div className={hidesLabel ? 'visually-hidden' : styles.labelRow}>
        <label id={control.labelId} htmlFor={id} className={styles.label}>
          {field.title}
        </label>
        {!hidesLabel && <Info title={field.title} description={field.description} term={field.term} />}
        {!hidesLabel && <AsUsual field={field} />}
      </div>
      {children(control)}
      {!ownMessages && issues.length > 0 && (
        <div id={errorId} className={styles.messages}>
          <Messages issues={issues} />
        </div>
      )}
      <Fixes issues={issues} />
    </div>
  )
}

function inputProps(id: string, errorId: string, field: FormField, issues: readonly Issue[], message: string | undefined) {
  const isWrong = issues.length > 0 || message !== undefined
  const usual = field.fallback.has ? usualText(field) : undefined
  return {
    id,
    // The list of an input takes its name from here, not from the label.
    'aria-label': field.title,
    ...(isWrong
      ? {
          error: (
            <>
              {message !== undefined && <Message severity="error">{message}</Message>}
              <Messages issues={issues} />
            </>
          ),
          errorProps: { id: errorId, component: 'div', className: styles.messages },
          'aria-errormessage': errorId,
        }
      : {}),
    ...(usual === undefined ? {} : { description: `As usual: ${usual}`, descriptionProps: { className: 'visually-hidden' } }),
    inputWrapperOrder: ['input', 'description', 'error'],
  }
}

export function Messages({ issues }: { readonly issues: readonly Issue[] }) {
  const document = useDocument((state) => state.document)
  return issues.map((issue, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: messages have no identity of their own
    <Message key={i} severity={isMissing(issue) ? 'missing' : issue.severity}>
      {issueText(document, issue)}
    </Message>
  ))
}

export function Message({ severity, children }: { readonly severity: Issue['severity'] | 'missing'; readonly children: ReactNode }) {
  return (
    <span className={styles.message} data-severity={severity}>
      {severity === 'error' ? (
        <IconAlertCircle size={14} stroke={1.5} aria-label="Error:" />
      ) : (
        <IconAlertTriangle size={14} stroke={1.5} aria-label="Warning:" />
      )}
      <span>{children}</span>
    </span>
  )
}

/** One button for each fix; a press is one step of the history. */
export function Fixes({ issues }: { readonly issues: readonly Issue[] }) {
  const studio = useStudio()
  const fixable = issues.filter((issue) => issue.fix !== undefined)
  if (fixable.length === 0) return null
  return (
    <div className={styles.fixes}>
      {fixable.map((issue) => (
        <button
          key={`${issue.code} ${issue.path} ${issue.fix?.title}`}
          type="button"
          className={controls.smallButton}
          onClick={() => applyIssueFix(studio, issue)}
        >
          {issue.fix?.title}
        </button>
      ))}
    </div>
  )
}

/** Takes a setting away that differs from what holds without it. */
function AsUsual({ field }: { readonly field: FormField }) {
  const form = useForm()
  const own = getIn(form.value, field.path)
  if (own === undefined || !field.fallback.has || sameJson(own, field.fallback.value)) return null
  const usual = usualText(field)
  if (usual === undefined) return null
  return (
    <button
      type="button"
      className={styles.asUsual}
      aria-label={`${field.title}: back to ${usual}`}
      onClick={() => form.set(field.path, undefined, field.title)}
    >
      <IconRotate size={12} stroke={1.5} aria-hidden />
      as usual ({usual})
    </button>
  )
}

/** What is not there yet is unfinished rather than wrong. */
function isMissing({ code }: Issue): boolean {
  return code === 'MISSING_FIELD'
}

import { IconAlertCircle, IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useCompiled, useDocument, useRuns, useStudio } from '../app/studio-context.tsx'
import { titleIn } from '../edit/title-in.ts'
import controls from '../style/controls.module.css'
import { applyIssueFix, goToIssue } from './apply-issue-fix.ts'
import { choosePolicy, policyChoices } from './error-policy.ts'
import { issueText } from './issue-text.ts'
import { type Problem, problemList } from './problem-list.ts'
import styles from './problems.module.css'

/** Everything that is wrong, each with the way to it and what mends it. One tab stop; arrows move between problems and their buttons. */
export function ProblemsPanel() {
  const issues = useCompiled((state) => state.issues)
  const run = useRuns((state) => state.run)
  const documentId = useDocument((state) => state.documentId)
  const problems = useMemo(() => problemList(issues, run, documentId), [issues, run, documentId])
  const [current, setCurrent] = useState<string>()
  const list = useRef<HTMLUListElement>(null)
  const { focus } = useStudio()
  useEffect(
    () =>
      focus.register('dock', () => {
        const problem = list.current?.querySelector<HTMLElement>('[data-problem][tabindex="0"]')
        ;(problem ?? document.getElementById('dock-tab-problems'))?.focus()
      }),
    [focus],
  )
  if (problems.length === 0) return <p className={styles.empty}>No problems.</p>
  const at = Math.max(
    0,
    problems.findIndex(({ key }) => key === current),
  )
  const goTo = (index: number): void => {
    const problem = problems[index]
    if (problem === undefined) return
    setCurrent(problem.key)
    list.current?.querySelectorAll<HTMLElement>('[data-problem]')[index]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: problems.length - 1 }[event.key]
    if (to !== undefined) goTo(Math.min(problems.length - 1, Math.max(0, to)))
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') moveInRow(event.target, event.key === 'ArrowRight' ? 1 : -1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <ul ref={list} className={styles.list} aria-label="Problems" onKeyDown={onKeyDown}>
      {problems.map((problem, index) => (
        <Entry key={problem.key} problem={problem} current={index === at} onFocus={() => setCurrent(problem.key)} />
      ))}
    </ul>
  )
}

/** Between the problem and the buttons behind it. */
function moveInRow(target: EventTarget, step: 1 | -1): void {
  if (!(target instanceof HTMLElement)) return
  const row = target.closest('li')
  const buttons = [...(row?.querySelectorAll<HTMLElement>('button') ?? [])]
  const index = buttons.indexOf(target)
  buttons[index + step]?.focus()
}

interface EntryProps {
  readonly problem: Problem
  /** Whether it is the one that Tab reaches. */
  readonly current: boolean
  readonly onFocus: () => void
}

function Entry({ problem, current, onFocus }: EntryProps) {
  return (
    <li className={styles.entry} onFocus={onFocus}>
      {problem.type === 'issue' ? <IssueEntry problem={problem} current={current} /> : <FailureEntry problem={problem} current={current} />}
    </li>
  )
}

function IssueEntry({ problem: { issue }, current }: { readonly problem: Extract<Problem, { type: 'issue' }>; readonly current: boolean }) {
  const studio = useStudio()
  const document = useDocument((state) => state.document)
  const isError = issue.severity === 'error'
  return (
    <>
      <button type="button" data-problem="" tabIndex={current ? 0 : -1} className={styles.problem} onClick={() => goToIssue(studio, issue)}>
        <span className={isError ? styles.error : styles.warning}>
          {isError ? <IconAlertCircle size={16} stroke={1.5} aria-hidden /> : <IconAlertTriangle size={16} stroke={1.5} aria-hidden />}
          {isError ? 'Error' : 'Warning'}
        </span>
        <span className={styles.step}>{issue.nodeId === undefined ? 'Pipeline' : titleIn(document, issue.nodeId)}</span>
        <span className={styles.message}>{issueText(document, issue)}</span>
      </button>
      {issue.fix !== undefined && (
        <button
          type="button"
          tabIndex={-1}
          className={`${controls.smallButton} ${styles.fix}`}
          onClick={() => applyIssueFix(studio, issue)}
        >
          {issue.fix.title}
        </button>
      )}
    </>
  )
}

function FailureEntry({
  problem: { failure },
  current,
}: {
  readonly problem: Extract<Problem, { type: 'failure' }>
  readonly current: boolean
}) {
  const studio = useStudio()
  const document = useDocument((state) => state.document)
  const { nodeId, message, topic, partition, offset } = failure
  const go = (): void => {
    if (nodeId === undefined) return
    studio.selection.select({ type: 'node', id: nodeId })
    studio.canvas.port?.reveal({ type: 'node', id: nodeId })
    studio.focus.go('canvas')
  }
  const place = [
    topic,
    partition === undefined ? undefined : `partition ${partition}`,
    offset === undefined ? undefined : `position ${offset.toLocaleString('en-US')}`,
  ].filter((part) => part !== undefined)
  return (
    <>
      <button type="button" data-problem="" tabIndex={current ? 0 : -1} className={styles.problem} onClick={go}>
        <span className={styles.error}>
          <IconCircleX size={16} stroke={1.5} aria-hidden />
          Run failed
        </span>
        <span className={styles.step}>{nodeId === undefined ? 'Pipeline' : titleIn(document, nodeId)}</span>
        <span className={styles.message}>
          {message}
          {place.length > 0 && !(topic !== undefined && message.includes(topic)) && (
            <span className={styles.place}> {place.join(' · ')}</span>
          )}
        </span>
      </button>
      {nodeId !== undefined &&
        policyChoices(document, nodeId).map((choice) => (
          <button
            key={choice.value}
            type="button"
            tabIndex={-1}
            className={`${controls.smallButton} ${styles.fix}`}
            onClick={() => choosePolicy(studio, nodeId, choice)}
          >
            {choice.title}
          </button>
        ))}
    </>
  )
}

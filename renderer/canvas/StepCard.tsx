import {
  IconAlertCircle,
  IconCircleX,
  IconExclamationMark,
  IconHistory,
  IconHourglass,
  IconPlayerPause,
  IconPlayerPlay,
  IconQuestionMark,
} from '@tabler/icons-react'
import type { NodeProps } from '@xyflow/react'
import { memo, type ReactNode, useCallback, useRef } from 'react'
import { useMode, useRuns, useStudio } from '../app/studio-context.tsx'
import { renameStep } from '../edit/rename.ts'
import { stepFacts } from '../edit/step-facts.ts'
import type { StepState } from '../edit/step-state.ts'
import { runOf } from '../edit/step-state-of.ts'
import { KindIcon } from '../kind-icon/KindIcon.tsx'
import { CardStrip, ColumnsStrip, FailedStrip, LiveStrip } from './CardStrip.tsx'
import { useCanvas } from './canvas-store.ts'
import { elementId } from './element-id.ts'
import type { StepNode } from './flow-graph.ts'
import { Port } from './Port.tsx'
import { StepBox } from './StepBox.tsx'
import styles from './StepCard.module.css'
import { flag, type StepNodeProps, useIsActive } from './step-node.ts'
import stripe from './stripe.module.css'
import { useStepName, useStepState, wordOf } from './use-step.ts'
import { useTip } from './use-tip.ts'

/** A step on the canvas; from far away a box in the colour of its category. */
export const StepCard = memo(function StepCard({ id, data, selected }: NodeProps<StepNode>) {
  const box = useCanvas(({ detail }) => detail === 'box')
  return box ? <StepBox id={id} data={data} selected={selected} /> : <Card id={id} data={data} selected={selected} />
})

function Card({ id, data, selected }: StepNodeProps) {
  const studio = useStudio()
  const state = useStepState(id)
  const name = useStepName(id, true)
  const active = useIsActive(id)
  const renaming = useMode((mode) => mode.type === 'rename' && mode.nodeId === id)
  const live = useRuns(
    ({ run }) => runOf(studio.documents.getState(), run)?.update?.figures !== undefined && studio.runs.figuresOf(id) !== undefined,
  )
  const facts = stepFacts(data.node)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      role="group"
      aria-roledescription="step"
      aria-label={name}
      id={elementId({ type: 'node', id })}
      className={`${stripe.stripe} ${styles.card}`}
      data-category={facts.kind?.category}
      data-state={state.type}
      data-selected={flag(selected)}
      data-active={flag(active)}
    >
      <div className={styles.header}>
        <KindIcon kind={facts.kind} />
        {renaming ? <RenameField nodeId={id} title={facts.title} /> : <span className={styles.name}>{facts.title}</span>}
        <StateIcon state={state} />
      </div>
      <Sentence text={sentenceOf(state, facts)} warn={state.type === 'unfinished'} />
      <CardStrip>
        {state.type === 'failed' ? (
          <FailedStrip nodeId={id} word={state.word} />
        ) : live ? (
          <LiveStrip nodeId={id} category={facts.kind?.category} />
        ) : (
          <ColumnsStrip nodeId={id} />
        )}
      </CardStrip>
      {data.ports.map((port) => (
        <Port key={`${port.side}.${port.name}`} nodeId={id} port={port} />
      ))}
    </div>
  )
}

const LONGEST = 1000

function sentenceOf(state: StepState, { kind, kindTitle, sentence }: ReturnType<typeof stepFacts>): string {
  if (state.type === 'unfinished') return state.word
  if (kind === undefined) return `“${kindTitle}” is not known in this version. The step is kept as it is.`
  return sentence === undefined ? 'Some settings are not right yet.' : shortened(sentence)
}

/** Of a condition of many thousand characters a browser would lay out all, for seconds, to show two lines. */
function shortened(sentence: string): string {
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST)}…`
}

function Sentence({ text, warn }: { readonly text: string; readonly warn: boolean }) {
  const tip = useTip()
  const element = useRef<HTMLDivElement>(null)
  return (
    <div
      ref={element}
      className={styles.sentence}
      data-tone={warn ? 'warn' : undefined}
      onPointerEnter={() => {
        const shown = element.current
        if (shown === null || shown.scrollHeight <= shown.clientHeight) return
        tip.show(() => ({ title: text, lines: [], rect: shown.getBoundingClientRect(), side: 'below' }))
      }}
      onPointerLeave={tip.hide}
      onPointerDown={tip.hide}
    >
      {text}
    </div>
  )
}

const ICON = { size: 16, stroke: 1.5 } as const
const stateIcons: Readonly<Record<Exclude<StepState['type'], 'idle'>, { readonly icon: ReactNode; readonly tone?: 'error' | 'warn' }>> = {
  running: { icon: <IconPlayerPlay {...ICON} /> },
  slow: { icon: <IconHourglass {...ICON} />, tone: 'warn' },
  waiting: { icon: <IconPlayerPause {...ICON} /> },
  failed: { icon: <IconCircleX {...ICON} />, tone: 'error' },
  stale: { icon: <IconHistory {...ICON} /> },
  unfinished: { icon: <IconExclamationMark {...ICON} />, tone: 'warn' },
  problem: { icon: <IconAlertCircle {...ICON} />, tone: 'error' },
  unknown: { icon: <IconQuestionMark {...ICON} /> },
}

function StateIcon({ state }: { readonly state: StepState }) {
  if (state.type === 'idle') return null
  const { icon, tone } = stateIcons[state.type]
  return (
    <span className={styles.state} data-tone={tone} title={wordOf(state)} aria-hidden="true">
      {icon}
    </span>
  )
}

function RenameField({ nodeId, title }: { readonly nodeId: string; readonly title: string }) {
  const studio = useStudio()
  // The field is gone as soon as it is left: both ways out must not write twice.
  const done = useRef(false)
  const finish = (text: string | undefined): void => {
    if (done.current) return
    done.current = true
    if (text !== undefined) renameStep(studio, nodeId, text)
    studio.mode.leave()
    studio.focus.go('canvas')
  }
  const focus = useCallback((field: HTMLInputElement | null) => {
    field?.focus({ preventScroll: true })
    field?.select()
  }, [])
  return (
    <input
      ref={focus}
      className={`${styles.rename} nodrag nopan nokey`}
      aria-label={`Name of ${title}`}
      defaultValue={title}
      maxLength={200}
      onKeyDown={(event) => {
        event.stopPropagation()
        // Enter and Escape of an input method are about its own list.
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') finish(event.currentTarget.value)
        if (event.key === 'Escape') finish(undefined)
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  )
}

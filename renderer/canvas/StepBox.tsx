import { useRuns } from '../app/studio-context.tsx'
import { CARD } from '../edit/places.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { elementId } from './element-id.ts'
import { PORT_DOT } from './ports.ts'
import styles from './StepBox.module.css'
import { flag, type StepNodeProps, useIsActive } from './step-node.ts'
import stripe from './stripe.module.css'
import { useStepName } from './use-step.ts'

/** A step from far away: a box in the colour of its category. */
export function StepBox({ id, data, selected }: StepNodeProps) {
  const active = useIsActive(id)
  const name = useStepName(id, active)
  const failed = useRuns(({ run }) => run?.state.type === 'failed' && run.state.failure.nodeId === id)
  const { kind, title } = stepFacts(data.node)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      role="group"
      aria-roledescription="step"
      aria-label={name ?? title}
      id={elementId({ type: 'node', id })}
      className={`${stripe.stripe} ${styles.box}`}
      data-category={kind?.category}
      data-selected={flag(selected)}
      data-active={flag(active)}
      data-state={failed ? 'failed' : undefined}
    >
      {data.ports.map(({ side, name: port, y }) => (
        // React Flow measures where links end by these; nobody can hit them from so far away.
        <span
          key={`${side}.${port}`}
          className={`${side === 'in' ? 'target' : 'source'} ${styles.end}`}
          data-handleid={port}
          data-handlepos={side === 'in' ? 'left' : 'right'}
          style={{ top: y - PORT_DOT / 2, left: side === 'in' ? -PORT_DOT / 2 : CARD.width - PORT_DOT / 2 }}
        />
      ))}
    </div>
  )
}

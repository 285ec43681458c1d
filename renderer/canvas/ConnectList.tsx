import { IconArrowRight, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useStudio } from '../app/studio-context.tsx'
import { connect, titleOf } from '../edit/connect.ts'
import { connectOptions } from '../edit/connect-options.ts'
import type { PortRef } from '../edit/connectable.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { KindIcon } from '../kind-icon/KindIcon.tsx'
import { graphIndex } from '../state/graph-index.ts'
import { PickList, type PickOption } from './PickList.tsx'

interface ConnectListProps {
  readonly nodeId: string
  readonly direction: 'out' | 'into'
}

const NEW_STEP = 'new-step'

/** “Connect Only paid, out to”: first the port, where there are several; then where to. */
export function ConnectList({ nodeId, direction }: ConnectListProps) {
  const studio = useStudio()
  const node = graphIndex(studio.documents.getState().document).nodes.get(nodeId)
  const ports = node === undefined ? [] : direction === 'out' ? stepFacts(node).ports.out : stepFacts(node).ports.in
  const [chosen, setChosen] = useState(ports.length === 1 ? ports[0]?.name : undefined)
  const title = titleOf(studio, nodeId)
  const close = (): void => studio.mode.leave()
  if (chosen === undefined) {
    return (
      <PickList
        key="port"
        label={direction === 'out' ? `Connect from which point of ${title}` : `Connect into which point of ${title}`}
        heading={
          <>
            {direction === 'out' ? 'Connect from ' : 'Connect into '}
            <em>{title}</em>
          </>
        }
        options={ports.map(({ name, title: portTitle }) => ({
          id: name,
          label: portTitle,
          icon: <IconArrowRight size={16} stroke={1.5} />,
        }))}
        nothing={direction === 'out' ? 'Nothing comes out of this step.' : 'This step takes no rows in.'}
        onPick={setChosen}
        onClose={close}
      />
    )
  }
  return <TargetList end={{ nodeId, port: chosen }} direction={direction} />
}

function TargetList({ end, direction }: { readonly end: PortRef; readonly direction: 'out' | 'into' }) {
  const studio = useStudio()
  const found = useMemo(() => connectOptions(studio, end, direction), [studio, end, direction])
  const index = graphIndex(studio.documents.getState().document)
  const title = titleOf(studio, end.nodeId)
  const port = end.port.replace('-', ' ')
  const label = direction === 'out' ? `Connect ${title}, ${port} to` : `Connect into ${title}, ${port} from`
  const options: PickOption[] = [
    { id: NEW_STEP, label: 'New step…', icon: <IconPlus size={16} stroke={1.5} /> },
    ...found.map((option, i): PickOption => {
      const node = index.nodes.get(option.port.nodeId)
      return {
        id: String(i),
        label: option.label,
        reason: option.answer.ok ? undefined : option.answer.reason,
        icon: <KindIcon kind={node === undefined ? undefined : stepFacts(node).kind} coloured={option.answer.ok} />,
      }
    }),
  ]
  return (
    <PickList
      key="target"
      label={label}
      heading={
        <>
          {direction === 'out' ? 'Connect ' : 'Connect into '}
          <em>
            {title}, {port}
          </em>
          {direction === 'out' ? ' to' : ' from'}
        </>
      }
      options={options}
      nothing="There is no other step yet."
      onPick={(id) => {
        studio.mode.leave()
        if (id === NEW_STEP) {
          studio.mode.enter({ type: 'add-step', ...(direction === 'out' ? { after: end } : { before: end }) })
          return
        }
        const target = found[Number(id)]
        if (target === undefined) return
        if (direction === 'out') connect(studio, end, target.port)
        else connect(studio, target.port, end)
      }}
      onClose={() => {
        studio.mode.leave()
        studio.announcer.say('Not connected.', 'mode')
      }}
    />
  )
}

import { Menu } from '@mantine/core'
import { IconCheck, IconDatabase, IconDeviceDesktop, IconPlus, IconSparkles } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RunTarget } from '../../pipeline-runtime/rpc/run-target.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useRuns, useStudio } from '../app/studio-context.tsx'
import { connectionsStore, loadConnections, useConnections } from '../connections/connections-store.ts'
import { stateInShort } from '../local-kafka/local-kafka-words.ts'
import { useLocalKafka } from '../local-kafka/use-local-kafka.ts'
import type { ViewStore } from '../state/view-store.ts'
import { BarButton } from './BarButton.tsx'
import { targetName } from './target-name.ts'

const titles = { sample: 'Sample data', local: 'Local Kafka' } as const

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const
const icons: Readonly<Record<RunTarget['type'], ReactNode>> = {
  sample: <IconSparkles {...icon} />,
  local: <IconDeviceDesktop {...icon} />,
  kafka: <IconDatabase {...icon} />,
}

/** What the names of connections mean in the next run. */
export function TargetMenu() {
  const { host, runs, view } = useStudio()
  const target = useRuns(({ settings }) => settings.target)
  const { connections, problem } = useConnections()
  const choose = (chosen: RunTarget): void => {
    if (JSON.stringify(chosen) !== JSON.stringify(runs.getState().settings.target)) runs.configure({ target: chosen })
  }
  const addConnection = async (): Promise<void> => {
    const store = connectionsStore(host.shell)
    const before = store.getState().connections
    view.setState({ dialog: { type: 'connection' } })
    await dialogClosed(view)
    // Who adds one here wants to run on it.
    const isNew = ({ name }: NamedConnection): boolean => before?.some((known) => known.name === name) === false
    const added = store.getState().connections?.find(isNew)
    if (added !== undefined) choose({ type: 'kafka', name: added.name, config: added.config })
  }
  return (
    <Menu position="bottom-start" onOpen={() => void loadConnections(host.shell)}>
      <Menu.Target>
        <BarButton menu icon={icons[target.type]} aria-label={`Runs on ${targetName(target)}`}>
          {target.type === 'kafka' ? target.name : titles[target.type]}
        </BarButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Topics are read from</Menu.Label>
        <TargetItem
          chosen={target.type === 'sample'}
          title="Sample data"
          text="made here, nothing is written"
          onChoose={() => choose({ type: 'sample' })}
        />
        <LocalTargetItem chosen={target.type === 'local'} onChoose={() => choose({ type: 'local' })} />
        {connections?.map(({ name, config }) => (
          <TargetItem
            key={name}
            chosen={target.type === 'kafka' && target.name === name}
            title={name}
            text={config.bootstrap}
            onChoose={() => choose({ type: 'kafka', name, config })}
          />
        ))}
        {problem === undefined ? null : <Menu.Label>{problem}</Menu.Label>}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => void addConnection()}>
          New connection…
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceDesktop {...icon} />} onClick={() => view.setState({ dialog: { type: 'local-kafka' } })}>
          Look into the local Kafka…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Says before it is chosen whether it runs, and what is missing where it cannot. */
function LocalTargetItem({ chosen, onChoose }: Pick<TargetItemProps, 'chosen' | 'onChoose'>) {
  const { view } = useStudio()
  const state = useLocalKafka()
  const choose = (): void => {
    if (state?.type === 'missing') view.setState({ dialog: { type: 'local-kafka' } })
    else onChoose()
  }
  return <TargetItem chosen={chosen} title="Local Kafka" text={stateInShort(state)} onChoose={choose} />
}

function dialogClosed(view: ViewStore): Promise<void> {
  return new Promise((resolve) => {
    const leave = view.subscribe(({ dialog }) => {
      if (dialog !== undefined) return
      leave()
      resolve()
    })
  })
}

interface TargetItemProps {
  readonly chosen: boolean
  readonly title: string
  readonly text: string
  readonly onChoose: () => void
}

function TargetItem({ chosen, title, text, onChoose }: TargetItemProps) {
  return (
    <Menu.RadioItem
      value={title}
      checked={chosen}
      checkIcon={<IconCheck {...icon} />}
      closeMenuOnClick
      rightSection={<span style={{ color: 'var(--text-2)', fontSize: 12 }}>{text}</span>}
      onChange={onChoose}
    >
      {title}
    </Menu.RadioItem>
  )
}

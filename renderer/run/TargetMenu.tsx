import { Menu } from '@mantine/core'
import { IconCheck, IconDatabase, IconPlus, IconSparkles } from '@tabler/icons-react'
import type { RunTarget } from '../../pipeline-runtime/rpc/run-target.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useRuns, useStudio } from '../app/studio-context.tsx'
import { connectionsStore, loadConnections, useConnections } from '../connections/connections-store.ts'
import type { ViewStore } from '../state/view-store.ts'
import { BarButton } from './BarButton.tsx'
import { targetName } from './target-name.ts'

const titles = { sample: 'Sample data', local: 'Local Kafka' } as const

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

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
        <BarButton
          menu
          icon={target.type === 'sample' ? <IconSparkles {...icon} /> : <IconDatabase {...icon} />}
          aria-label={`Runs on ${targetName(target)}`}
        >
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
      </Menu.Dropdown>
    </Menu>
  )
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

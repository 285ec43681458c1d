import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconDots, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useStudio } from '../app/studio-context.tsx'
import { showFailure } from '../files/show-failure.ts'
import { refusalOf } from '../host/refusal.ts'
import { ask } from '../state/view-store.ts'
import { ConnectionTest } from './ConnectionTest.tsx'
import styles from './connections.module.css'
import { useConnections } from './connections-store.ts'
import { removeConnection } from './edit-connections.ts'
import { TopicList } from './TopicList.tsx'

/** The clusters that were named on this machine; one that is open shows its topics. */
export function ConnectionsPanel() {
  const { view } = useStudio()
  const { connections, problem } = useConnections()
  const [open, setOpen] = useState<string>()
  const add = (): void => view.setState({ dialog: { type: 'connection' } })
  return (
    <div className={styles.panel}>
      {problem === undefined ? null : <p className={styles.problem}>{problem}</p>}
      {connections?.length === 0 ? (
        <div className={styles.empty}>
          <p className={styles.words}>
            A connection is a name for a Kafka cluster: where it is and how to sign in. Steps use the name, so the same drawing runs on
            sample data and on a real cluster.
          </p>
          <Button onClick={add}>Connect to Kafka</Button>
        </div>
      ) : null}
      {connections !== undefined && connections.length > 0 ? (
        <>
          <ul className={styles.list} aria-label="Connections">
            {connections.map((connection) => (
              <li key={connection.name}>
                <Entry
                  connection={connection}
                  open={open === connection.name}
                  onToggle={() => setOpen(open === connection.name ? undefined : connection.name)}
                />
              </li>
            ))}
          </ul>
          <Button className={styles.add} leftSection={<IconPlus size={14} stroke={1.5} />} onClick={add}>
            New connection
          </Button>
        </>
      ) : null}
    </div>
  )
}

function Entry({
  connection,
  open,
  onToggle,
}: {
  readonly connection: NamedConnection
  readonly open: boolean
  readonly onToggle: () => void
}) {
  const { name, config } = connection
  const Chevron = open ? IconChevronDown : IconChevronRight
  const body = `connection-${name}`
  return (
    <>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.connection}
          aria-expanded={open}
          {...(open ? { 'aria-controls': body } : {})}
          onClick={onToggle}
        >
          <Chevron size={16} stroke={1.5} aria-hidden="true" />
          <span className={styles.names}>
            <span className={styles.name}>{name}</span>
            <span className={styles.address}>{config.bootstrap}</span>
          </span>
        </button>
        <EntryMenu name={name} />
      </div>
      {open ? (
        <div id={body} className={styles.body}>
          <ConnectionTest connection={connection} />
          <TopicList connection={connection} />
        </div>
      ) : null}
    </>
  )
}

function EntryMenu({ name }: { readonly name: string }) {
  const studio = useStudio()
  const { view, announcer } = studio
  const remove = async (): Promise<void> => {
    const choice = await ask(view, {
      title: `Remove the connection "${name}"?`,
      text: 'Documents keep its name. They run on a cluster again when a connection of this name is there.',
      choices: [
        { id: 'remove', title: 'Remove', kind: 'danger' },
        { id: 'cancel', title: 'Cancel', kind: 'plain' },
      ],
    })
    if (choice !== 'remove') return
    try {
      await removeConnection(studio, name)
      announcer.say(`Connection ${name} removed.`)
    } catch (error) {
      showFailure(studio, 'Not removed', refusalOf(error).message)
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about ${name}`}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => view.setState({ dialog: { type: 'connection', name } })}>Edit…</Menu.Item>
        <Menu.Item onClick={() => void remove()}>Remove…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

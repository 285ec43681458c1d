import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconDotsVertical } from '@tabler/icons-react'
import { useStudio, useView } from '../app/studio-context.tsx'
import type { Command } from '../commands/command.ts'
import { commands } from '../commands/commands.ts'
import { runCommand } from '../commands/run-command.ts'
import { viewCommands } from '../commands/view/index.ts'
import { printShortcut } from '../dialogs/print-shortcut.ts'
import styles from './RunBar.module.css'

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

/** What the menus "View" and "Help" of the desktop app have, where there are none; the canvas has its own on it. */
export function MoreMenu() {
  return (
    <Menu position="bottom-end" alignItemsLabels="all">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label="More">
          <IconDotsVertical {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items of={(command) => command.menu === 'view' && viewCommands.includes(command)} />
        <Menu.Divider />
        <Items of={(command) => command.menu === 'help'} />
      </Menu.Dropdown>
    </Menu>
  )
}

function Items({ of }: { readonly of: (command: Command) => boolean }) {
  const studio = useStudio()
  // Check marks are asked for anew when what is shown where changes.
  useView((view) => view)
  return commands
    .filter((command) => of(command) && command.enabled?.(studio) !== false)
    .map((command) => <Item key={command.id} command={command} />)
}

function Item({ command }: { readonly command: Command }) {
  const studio = useStudio()
  const checked = command.checked?.(studio)
  const shortcut = command.shortcuts?.[0]
  const key = shortcut === undefined ? null : <kbd className={styles.key}>{printShortcut(shortcut, studio.capabilities.platform)}</kbd>
  const run = (): void => void runCommand(studio, command)
  if (checked === undefined)
    return (
      <Menu.Item rightSection={key} onClick={run}>
        {command.title}
      </Menu.Item>
    )
  return (
    <Menu.CheckboxItem checked={checked} checkIcon={<IconCheck {...icon} />} closeMenuOnClick rightSection={key} onChange={run}>
      {command.title}
    </Menu.CheckboxItem>
  )
}

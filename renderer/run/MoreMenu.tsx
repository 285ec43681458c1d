import { ActionIcon, Menu } from '@mantine/core'
import { IconCheck, IconDotsVertical } from '@tabler/icons-react'
import { useStudio, useView } from '../app/studio-context.tsx'
import type { Command } from '../commands/command.ts'
import { commands } from '../commands/commands.ts'
import { printShortcut } from '../dialogs/print-shortcut.ts'
import styles from './RunBar.module.css'

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

/** What the menus "View" and "Help" of the desktop app have, also where there are none. */
export function MoreMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label="More">
          <IconDotsVertical {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items menu="view" />
        <Menu.Divider />
        <Items menu="help" />
      </Menu.Dropdown>
    </Menu>
  )
}

function Items({ menu }: { readonly menu: Command['menu'] }) {
  const studio = useStudio()
  // Check marks are asked for anew when what is shown where changes.
  useView((view) => view)
  return commands
    .filter((command) => command.menu === menu && command.enabled?.(studio) !== false)
    .map((command) => {
      const checked = command.checked?.(studio)
      const shortcut = command.shortcuts?.[0]
      return (
        <Menu.Item
          key={command.id}
          {...(checked === undefined ? {} : { role: 'menuitemcheckbox', 'aria-checked': checked })}
          leftSection={checked === true ? <IconCheck {...icon} /> : <span style={{ width: 16 }} />}
          rightSection={
            shortcut === undefined ? null : <kbd className={styles.key}>{printShortcut(shortcut, studio.capabilities.platform)}</kbd>
          }
          onClick={() => void command.run(studio)}
        >
          {command.title}
        </Menu.Item>
      )
    })
}

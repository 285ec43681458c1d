import { Menu } from '@mantine/core'
import { useStudio } from '../app/studio-context.tsx'
import type { Command } from '../commands/command.ts'
import { runCommand } from '../commands/run-command.ts'
import { printShortcut } from '../dialogs/print-shortcut.ts'
import styles from './RunBar.module.css'

/** Commands as entries of a menu, each with its first key; those that this window cannot do are left out. */
export function CommandItems({ commands }: { readonly commands: readonly Command[] }) {
  const studio = useStudio()
  return commands
    .filter((command) => command.enabled?.(studio) !== false)
    .map((command) => {
      const shortcut = command.shortcuts?.[0]
      const key = shortcut === undefined ? null : <kbd className={styles.key}>{printShortcut(shortcut, studio.capabilities.platform)}</kbd>
      return (
        <Menu.Item key={command.id} rightSection={key} onClick={() => void runCommand(studio, command)}>
          {command.title}
        </Menu.Item>
      )
    })
}

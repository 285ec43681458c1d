import { Menu } from '@mantine/core'
import { useStudio } from '../app/studio-context.tsx'
import type { Command } from '../commands/command.ts'
import styles from './RunBar.module.css'

const isMac = navigator.platform.startsWith('Mac')

/** Commands as entries of a menu, each with its first key. */
export function CommandItems({ commands }: { readonly commands: readonly Command[] }) {
  const studio = useStudio()
  return commands.map((command) => (
    <Menu.Item
      key={command.id}
      disabled={command.enabled?.(studio) === false}
      rightSection={command.shortcuts?.[0] === undefined ? null : <kbd className={styles.key}>{shownKey(command.shortcuts[0])}</kbd>}
      onClick={() => void command.run(studio)}
    >
      {command.title}
    </Menu.Item>
  ))
}

/** `Mod+Shift+Enter` → `Ctrl+Shift+Enter`. */
function shownKey(shortcut: string): string {
  return shortcut.replace('Mod', isMac ? '⌘' : 'Ctrl')
}

import { Kbd, Modal } from '@mantine/core'
import { useStudio } from '../app/studio-context.tsx'
import type { Command } from '../commands/command.ts'
import { commands } from '../commands/commands.ts'
import styles from './dialogs.module.css'
import { printShortcut } from './print-shortcut.ts'

const groups: readonly { readonly title: string; readonly note?: string; readonly holds: (command: Command) => boolean }[] = [
  { title: 'Everywhere', holds: ({ scope }) => scope === 'everywhere' },
  {
    title: 'On the canvas',
    note: 'In the outline press G first, then the letter.',
    holds: ({ scope, modes = ['walk'] }) => scope === 'canvas' && modes.includes('walk'),
  },
  { title: 'While moving', holds: ({ scope, modes }) => scope === 'canvas' && modes?.includes('move') === true },
  { title: 'On the links of a step', holds: ({ scope, modes }) => scope === 'canvas' && modes?.includes('edge') === true },
]

/** A page never gets them, or leaves them to the browser. */
const takenByBrowsers: ReadonlySet<string> = new Set(['Mod+N', 'Mod+Shift+N', 'Mod+T', 'Mod+W', 'F1'])

/** Every command that has keys, from the commands themselves. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { capabilities } = useStudio()
  const keysOf = ({ shortcuts = [] }: Command): readonly string[] =>
    capabilities.host === 'browser' ? shortcuts.filter((shortcut) => !takenByBrowsers.has(shortcut)) : shortcuts
  const withKeys = commands.filter((command) => keysOf(command).length > 0)
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size={720} centered>
      <div className={styles.keyGroups}>
        {groups.map(({ title, note, holds }) => (
          <section key={title} aria-label={title}>
            <h3 className={styles.keyTitle}>{title}</h3>
            {note === undefined ? null : <p className={styles.keyNote}>{note}</p>}
            <dl className={styles.keys}>
              {withKeys.filter(holds).map((command) => (
                <div key={command.id} className={styles.keyRow}>
                  <dt>{command.title}</dt>
                  <dd>
                    {keysOf(command).map((shortcut) => (
                      <Kbd key={shortcut} size="xs">
                        {printShortcut(shortcut, capabilities.platform)}
                      </Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

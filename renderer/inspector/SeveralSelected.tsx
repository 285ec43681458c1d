import { Button } from '@mantine/core'
import { useStudio } from '../app/studio-context.tsx'
import { commandNamed } from '../commands/commands.ts'
import { runCommand } from '../commands/run-command.ts'
import { deleteSelection } from '../edit/delete.ts'
import { counted } from '../format/counted.ts'
import type { Item } from '../state/item.ts'
import styles from './inspector.module.css'

/** Several things are selected: how many of what, and what can be done with all of them. */
export function SeveralSelected({ items }: { readonly items: readonly Item[] }) {
  const studio = useStudio()
  const count = (type: Item['type']): number => items.filter((item) => item.type === type).length
  const parts = [counted(count('node'), 'step'), counted(count('edge'), 'link'), counted(count('note'), 'note')].filter(
    (part) => part !== '',
  )
  const duplicate = commandNamed('edit.duplicate')
  return (
    <>
      <h2 className={styles.heading}>{parts.join(', ')} selected</h2>
      <div className={styles.actions}>
        {duplicate !== undefined && duplicate.enabled?.(studio) !== false && (
          <Button onClick={() => void runCommand(studio, duplicate)}>{duplicate.title}</Button>
        )}
        <Button onClick={() => deleteSelection(studio)}>Delete</Button>
      </div>
    </>
  )
}

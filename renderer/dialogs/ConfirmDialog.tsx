import { Button, Modal } from '@mantine/core'
import type { Confirmation } from '../state/view-store.ts'
import styles from './dialogs.module.css'

/** A question with two or three answers. Esc is "Cancel". */
export function ConfirmDialog({ confirm: { title, text, choices, answer } }: { readonly confirm: Confirmation }) {
  const primary = choices.find(({ kind }) => kind === 'primary') ?? choices.at(-1)
  return (
    <Modal opened onClose={() => answer(undefined)} title={title} withCloseButton={false} size={440} centered>
      <p className={styles.text}>{text}</p>
      <div className={styles.buttons}>
        {/* The answer that most want comes last, at the right; in the order of the keyboard it is the first one with the focus. */}
        {[...choices].reverse().map(({ id, title: word, kind }) => (
          <Button
            key={id}
            variant={kind === 'primary' ? 'filled' : 'default'}
            {...(kind === 'danger' ? { color: 'red', variant: 'outline' } : {})}
            {...(id === primary?.id ? { 'data-autofocus': true } : {})}
            onClick={() => answer(id)}
          >
            {word}
          </Button>
        ))}
      </div>
    </Modal>
  )
}

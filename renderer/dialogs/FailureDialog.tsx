import { Button, Modal } from '@mantine/core'
import styles from './dialogs.module.css'

interface FailureDialogProps {
  readonly title: string
  readonly message: string
  readonly details: readonly string[]
  readonly onClose: () => void
}

/** What could not be done, why, and what is left as it was. */
export function FailureDialog({ title, message, details, onClose }: FailureDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} size={520} centered>
      <p className={styles.text}>{message}</p>
      {details.length === 1 ? <p className={styles.text}>{details[0]}</p> : null}
      {details.length > 1 ? (
        <ul className={styles.details}>
          {details.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      <div className={styles.buttons}>
        <Button variant="filled" data-autofocus onClick={onClose}>
          OK
        </Button>
      </div>
    </Modal>
  )
}

import { IconFile } from '@tabler/icons-react'
import type { ListedDocument } from '../../pipeline-runtime/rpc/shell-api.ts'
import styles from './DocumentList.module.css'

interface DocumentListProps {
  readonly documents: readonly ListedDocument[]
  readonly label: string
  readonly onOpen: (path: string) => void
}

const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Documents by name with the time of their last change; each is a button. */
export function DocumentList({ documents, label, onOpen }: DocumentListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {documents.map(({ path, name, modifiedMs }) => (
        <li key={path}>
          <button type="button" className={styles.document} onClick={() => onOpen(path)}>
            <IconFile size={16} stroke={1.5} aria-hidden="true" />
            <span className={styles.name}>{name}</span>
            {path === name ? null : <span className={styles.path}>{path}</span>}
            <time className={styles.time} dateTime={new Date(modifiedMs).toISOString()}>
              {when.format(modifiedMs)}
            </time>
          </button>
        </li>
      ))}
    </ul>
  )
}

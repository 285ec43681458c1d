import { useStudio } from '../app/studio-context.tsx'
import styles from './connections.module.css'

/** Where this host keeps no secrets, once, above the first of them. */
export function KeychainNote() {
  const { capabilities } = useStudio()
  if (capabilities.secrets === 'keychain') return null
  return (
    <p className={styles.words}>
      {capabilities.host === 'browser'
        ? 'A browser keeps no secrets here: they are those of the environment in which millrace serve was started.'
        : 'This computer has no keychain that Millrace can use, so secrets come from the environment in which Millrace was started.'}
    </p>
  )
}

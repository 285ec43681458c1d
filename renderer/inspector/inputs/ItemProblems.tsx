import { Fixes, Messages } from '../form/FieldRow.tsx'
import styles from '../form/form.module.css'
import type { Path } from '../form/form-field.ts'
import { issuesAt, useForm } from '../form/form-port.tsx'

/** What is wrong with an item of a list as a whole. */
export function ItemProblems({ path }: { readonly path: Path }) {
  const issues = issuesAt(useForm(), path)
  if (issues.length === 0) return null
  return (
    <div className={styles.messages}>
      <Messages issues={issues} />
      <Fixes issues={issues} />
    </div>
  )
}

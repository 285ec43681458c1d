import styles from './inputs.module.css'

/** A column in a list to choose from: its name and type. */
export function ColumnOption({ name, type }: { readonly name: string; readonly type: string }) {
  return (
    <span className={styles.columnOption}>
      <span className={styles.columnName}>{name}</span>
      <span className={styles.columnType}>{type}</span>
    </span>
  )
}

import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import styles from './RunBar.module.css'

interface BarButtonProps extends ComponentPropsWithRef<'button'> {
  readonly icon?: ReactNode
  readonly menu?: boolean
  /** In a narrow window the icon alone is shown. */
  readonly collapses?: boolean
}

/** A quiet button of the bar; `menu` adds the sign that it opens something. */
export function BarButton({ icon, menu = false, collapses = false, children, className, ...rest }: BarButtonProps) {
  return (
    <button type="button" {...rest} className={[styles.button, collapses ? styles.collapses : '', className ?? ''].join(' ')}>
      {icon}
      <span className={styles.label}>{children}</span>
      {menu ? <IconChevronDown size={12} stroke={1.5} aria-hidden className={styles.chevron} /> : null}
    </button>
  )
}

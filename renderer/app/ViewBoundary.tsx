import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import styles from './ViewBoundary.module.css'

interface Props {
  /** What the user calls the view. */
  readonly name: string
  readonly children: ReactNode
}

interface State {
  readonly error: unknown
}

/** A view that fails says so in its place; the others and the document go on. */
export class ViewBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? 'no reason given' }
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <div className={styles.failed} role="alert">
        <p className={styles.title}>This view could not be shown: {this.props.name}</p>
        <p className={styles.reason}>{error instanceof Error ? error.message : String(error)}</p>
        <p className={styles.reason}>Your document and the run are untouched.</p>
        <Button variant="default" onClick={() => this.setState({ error: undefined })}>
          Reload this view
        </Button>
      </div>
    )
  }
}

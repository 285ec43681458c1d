import type { ConnectionDraft, ConnectionField } from './connection-draft.ts'

/** What each control of the connection dialog is given. */
export interface FieldRowProps {
  readonly field: ConnectionField
  readonly draft: ConnectionDraft
  readonly error: string | undefined
  readonly autoFocus: boolean
  readonly onChange: (draft: ConnectionDraft) => void
  readonly onLeave: () => void
}

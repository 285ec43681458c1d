/** What is wrong with a document, spec or binding: data, never a thrown string. All issues of a phase are reported at once. */
export interface Issue {
  /** Upper case with underscores, listed in `issue-codes.ts`: `UNKNOWN_COLUMN`. */
  readonly code: string
  /** Warnings never change an exit code and never stop a run. */
  readonly severity: 'error' | 'warning'
  readonly nodeId?: string | undefined
  /** JSON Pointer (RFC 6901) into the document: `/nodes/1/config/condition`. Empty for the document as a whole. */
  readonly path: string
  /** One or two sentences: what is wrong, where, what to do. */
  readonly message: string
  /** Where in a text value (an expression), in UTF-16 units. */
  readonly range?: { readonly from: number; readonly to: number } | undefined
  readonly fix?: Fix | undefined
}

/** A change of the document that mends the issue, offered with one click. */
export interface Fix {
  readonly title: string
  /** Applied in order; `value` absent removes what is at the path. */
  readonly edits: readonly { readonly path: string; readonly value?: unknown }[]
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error')
}

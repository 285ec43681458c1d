/** A change of the text; positions are those of the text before any edit. */
export interface TextEdit {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** What is wrong with an expression, where in its text (UTF-16 units), and where possible a change that mends it. */
export interface ExpressionIssue {
  /** Upper case with underscores: `UNKNOWN_COLUMN`. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly from: number
  readonly to: number
  readonly message: string
  readonly fix?: ExpressionFix
}

export interface ExpressionFix {
  readonly title: string
  readonly edits: readonly TextEdit[]
}

/** The text after a fix. */
export function applyFix(text: string, fix: ExpressionFix): string {
  let result = text
  for (const edit of [...fix.edits].sort((a, b) => b.from - a.from)) {
    result = result.slice(0, edit.from) + edit.insert + result.slice(edit.to)
  }
  return result
}

/** A part of an expression's text. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What a record did to an expression: overflow, division by zero, a failed CAST. The node's error policy decides what follows (semantics rule 3). */
export class ExpressionError extends Error {
  readonly code: string
  readonly from: number
  readonly to: number

  constructor(code: string, message: string, at?: Span) {
    super(message)
    this.name = 'ExpressionError'
    this.code = code
    this.from = at?.from ?? 0
    this.to = at?.to ?? 0
  }

  /** The same error at a place in the text: function bodies know no places. */
  at(span: Span): ExpressionError {
    return new ExpressionError(this.code, this.message, span)
  }
}

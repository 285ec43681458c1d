import type { Diagnostic } from '@codemirror/lint'
import { applyFix, type ExpressionIssue } from '../../pipeline-runtime/expressions/expressions.ts'

/** What is wrong as the editor marks it; places beyond the text (it has changed since) are left out. */
export function diagnosticsOf(text: string, issues: readonly ExpressionIssue[]): Diagnostic[] {
  return issues.flatMap((issue) => {
    const { from, severity, message, fix } = issue
    if (from > text.length) return []
    const to = Math.min(issue.to, text.length)
    // An empty place (something is missing there) gets the letter before it, so that it can be seen.
    const shown = to > from ? { from, to } : { from: Math.max(0, from - 1), to: Math.max(to, Math.min(text.length, 1)) }
    const actions =
      fix === undefined
        ? []
        : [
            {
              name: fix.title,
              apply(view: { dispatch(spec: { changes: { from: number; to: number; insert: string }; userEvent: string }): void }) {
                view.dispatch({ changes: { from: 0, to: text.length, insert: applyFix(text, fix) }, userEvent: 'input.fix' })
              },
            },
          ]
    return [{ ...shown, severity, message, actions }]
  })
}

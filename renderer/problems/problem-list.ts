import type { RunFailure } from '../../pipeline-runtime/rpc/run-state.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { counted } from '../format/counted.ts'
import type { ShownRun } from '../state/run-store.ts'

/** What the panel lists, one entry a row: failures of the run first, then errors, then warnings. */
export type Problem =
  | { readonly type: 'failure'; readonly key: string; readonly failure: RunFailure }
  | { readonly type: 'issue'; readonly key: string; readonly issue: Issue }

export function problemList(issues: readonly Issue[], run: ShownRun | undefined, documentId: string): readonly Problem[] {
  const failure = run?.state.type === 'failed' && run.documentId === documentId ? run.state.failure : undefined
  const seen = new Map<string, number>()
  const listed = [...issues].sort((a, b) => rank(a) - rank(b))
  return [
    ...(failure === undefined ? [] : [{ type: 'failure' as const, key: `failure ${run?.runId}`, failure }]),
    ...listed.map((issue) => {
      const name = `${issue.code} ${issue.nodeId ?? ''} ${issue.path} ${issue.range?.from ?? ''}`
      const count = seen.get(name) ?? 0
      seen.set(name, count + 1)
      return { type: 'issue' as const, key: `${name} ${count}`, issue }
    }),
  ]
}

function rank({ severity }: Issue): number {
  return severity === 'error' ? 0 : 1
}

/** `1 error, 2 warnings`, `No problems.` */
export function countText(problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.type === 'failure' || problem.issue.severity === 'error').length
  const warnings = problems.length - errors
  const parts = [counted(errors, 'error'), counted(warnings, 'warning')].filter((part) => part !== '')
  return parts.length === 0 ? 'No problems.' : parts.join(', ')
}

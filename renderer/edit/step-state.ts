import type { NodeFigures } from '../../pipeline-runtime/rpc/run-state.ts'
import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { pointerParts } from '../../pipeline-runtime/spec/json.ts'
import { metaOf, schemaAt } from '../../pipeline-runtime/spec/schema-walk.ts'
import { stepFacts } from './step-facts.ts'

/** What a step is in, in the words of its card; one at a time, the most urgent. */
export type StepState =
  | { readonly type: 'idle' }
  | { readonly type: 'running'; readonly word: 'running' }
  | { readonly type: 'slow'; readonly word: string }
  | { readonly type: 'waiting'; readonly word: string }
  | { readonly type: 'failed'; readonly word: string }
  | { readonly type: 'stale'; readonly word: 'before your edit' }
  /** Something is missing: the word says what, in place of the sentence. */
  | { readonly type: 'unfinished'; readonly word: string; readonly path: readonly string[] }
  | { readonly type: 'problem'; readonly word: string }
  | { readonly type: 'unknown'; readonly word: string }

export const IDLE: StepState = { type: 'idle' }

export interface StepSituation {
  readonly node: DocumentNode
  /** Of this step, errors first. */
  readonly issues: readonly Issue[]
  /** Whether the run failed at this step. */
  readonly failed: boolean
  readonly figures: NodeFigures | undefined
  readonly underWay: boolean
  /** The step for which the whole run waits, with the share of time; and its title. */
  readonly slow: { readonly nodeId: string; readonly title: string; readonly share: number } | undefined
  readonly stale: boolean
}

export function stepState({ node, issues, failed, figures, underWay, slow, stale }: StepSituation): StepState {
  if (failed) return { type: 'failed', word: failedWord(figures) }
  const missing = unfinished(node, issues)
  if (missing !== undefined) return missing
  if (stepFacts(node).kind === undefined) return { type: 'unknown', word: 'not known in this version' }
  const errors = issues.filter(({ severity }) => severity === 'error').length
  if (errors > 0) return { type: 'problem', word: errors === 1 ? '1 problem' : `${errors} problems` }
  if (underWay && slow?.nodeId === node.id) {
    return { type: 'slow', word: `slow: the others wait ${Math.round(slow.share * 100)} % of the time` }
  }
  if (underWay && slow !== undefined && figures !== undefined) return { type: 'waiting', word: `waiting for ${slow.title}` }
  if (stale) return { type: 'stale', word: 'before your edit' }
  return underWay && figures !== undefined ? { type: 'running', word: 'running' } : IDLE
}

function failedWord(figures: NodeFigures | undefined): string {
  const rows = figures?.errors ?? 0
  return rows === 0 ? 'failed' : `failed: ${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`
}

/** The first thing that is missing: a setting, or rows that come in. */
function unfinished(node: DocumentNode, issues: readonly Issue[]): StepState | undefined {
  const { kind, config } = stepFacts(node)
  if (kind === undefined) return undefined
  const first = issues.find(({ severity }) => severity === 'error')
  if (first === undefined) return undefined
  if (first.code === 'UNCONNECTED_INPUT') return { type: 'unfinished', word: 'connect what comes in', path: [] }
  if (first.code === 'UNCONNECTED_OUTPUT') return { type: 'unfinished', word: 'connect what is set aside', path: [] }
  if (config !== undefined) return undefined
  // `/nodes/3/config/topic`
  const path = pointerParts(first.path).slice(3)
  const missing = first.code === 'MISSING_FIELD' || /is (empty|missing)\./.test(first.message)
  if (!missing) return undefined
  return { type: 'unfinished', word: chooseWord(node, path), path }
}

/** `choose a topic`, `choose columns`: by the title of the field. */
function chooseWord(node: DocumentNode, path: readonly string[]): string {
  const { kind } = stepFacts(node)
  const schema = kind === undefined ? undefined : schemaAt(kind.config, node.config, path)
  const title: unknown = schema === undefined ? undefined : metaOf(schema).title
  const word = (typeof title === 'string' ? title : (path.at(-1) ?? 'setting')).toLowerCase()
  if (word.endsWith('s') && !word.endsWith('ss')) return `choose ${word}`
  return `choose ${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}

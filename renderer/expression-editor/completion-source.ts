import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSection,
  pickedCompletion,
} from '@codemirror/autocomplete'
import { syntaxTree } from '@codemirror/language'
import type { EditorView } from '@codemirror/view'
import type { Scope } from '../../pipeline-runtime/expressions/expressions.ts'
import { type Suggestion, suggestionsAt, usageText } from './completions.ts'

const section = (name: string, rank: number): CompletionSection => ({ name, rank })
const SECTIONS = {
  column: section('Columns', 0),
  field: section('Fields', 0),
  type: section('Types', 0),
  part: section('Of the record', 1),
  function: section('Functions', 2),
  keyword: section('Words', 3),
} as const satisfies Record<Suggestion['kind'], CompletionSection>

/** Completion over whatever the scope is at the moment; undefined while nothing is known about what comes in. */
export function completionSource(scope: () => Scope | undefined) {
  return ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const known = scope() ?? { columns: [], recordParts: false, timeZone: 'UTC' }
    const found = suggestionsAt(state.doc.toString(), syntaxTree(state), pos, known, explicit)
    if (found === undefined) return null
    return { from: found.from, to: found.to, options: found.items.map(asCompletion), validFor: /^[$\w]*$/ }
  }
}

function asCompletion(suggestion: Suggestion): Completion {
  const { label, kind, detail, entry } = suggestion
  return {
    label,
    section: SECTIONS[kind],
    // Columns before functions before words, where they match equally well.
    boost: kind === 'column' || kind === 'field' ? 20 : kind === 'function' ? 0 : -10,
    ...(detail === undefined ? {} : { detail }),
    ...(suggestion.apply === undefined ? {} : { apply: applying(suggestion.apply, suggestion.cursor) }),
    ...(entry === undefined ? {} : { info: () => describe(suggestion) }),
  }
}

function applying(insert: string, cursor = insert.length) {
  return (view: EditorView, completion: Completion, from: number, to: number): void => {
    // Brackets that stand there already are kept.
    const written = insert.endsWith('()') && view.state.doc.sliceString(to, to + 1) === '(' ? insert.slice(0, -2) : insert
    view.dispatch({
      changes: { from, to, insert: written },
      selection: { anchor: from + Math.min(cursor, written.length) },
      annotations: pickedCompletion.of(completion),
      userEvent: 'input.complete',
    })
  }
}

/** Signature, one line, an example. */
function describe({ entry }: Suggestion): HTMLElement | null {
  if (entry === undefined) return null
  const box = document.createElement('div')
  const usage = document.createElement('p')
  usage.append(code(usageText(entry)))
  const doc = document.createElement('p')
  doc.textContent = entry.doc
  box.append(usage, doc)
  const [example] = entry.examples
  if (example !== undefined) {
    const line = document.createElement('p')
    line.append(code(`${example.text} → ${example.value}`))
    box.append(line)
  }
  return box
}

function code(text: string): HTMLElement {
  const element = document.createElement('code')
  element.textContent = text
  return element
}

import { pointer } from '../../pipeline-runtime/spec/json.ts'
import type { FieldTarget } from '../app/focus.ts'
import { editorPart } from '../expression-editor/editor-part.ts'

/** Whether a field of the form waits for its control. */
export const isComplete = (root: HTMLElement): boolean => root.querySelector('[data-late]') === null

/** Gives the focus to the control of a setting, or of the nearest one around it; selects the place in an expression. */
export function focusField(root: HTMLElement, { path, range }: FieldTarget): void {
  const field = elementOf(root, path)
  if (field === undefined) return
  for (let fold = field.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) fold.open = true
  const control = controlIn(field)
  control?.scrollIntoView({ block: 'nearest' })
  control?.focus()
  if (control !== undefined && range !== undefined) editorPart.value?.selectInEditor(control, range)
}

function elementOf(root: HTMLElement, path: FieldTarget['path']): HTMLElement | undefined {
  const fields = [...root.querySelectorAll<HTMLElement>('[data-field]')]
  for (let depth = path.length; depth > 0; depth--) {
    const mark = pointer(...path.slice(0, depth))
    const found = fields.find((field) => field.dataset.field === mark)
    if (found !== undefined) return found
  }
  // The name comes first, but whoever asks for the first setting wants one of the kind's own.
  return fields.find((field) => field.dataset.field !== '/$title') ?? fields[0]
}

/** What is typed into or chosen from, before buttons beside it. */
function controlIn(field: HTMLElement): HTMLElement | undefined {
  const inputs = 'input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled), .cm-content'
  return (
    field.querySelector<HTMLElement>(inputs) ??
    [...field.querySelectorAll<HTMLElement>('button:not(:disabled)')].find((button) => button.dataset.info === undefined) ??
    undefined
  )
}

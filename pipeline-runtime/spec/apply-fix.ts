import type { Fix } from './issue.ts'
import { isJsonObject, pointerParts } from './json.ts'

/** The document after a fix; the one given is not changed. Edits that lead nowhere are passed over. */
export function applyFix(json: unknown, fix: Fix): unknown {
  return fix.edits.reduce<unknown>((current, edit) => change(current, pointerParts(edit.path), edit), json)
}

function change(value: unknown, path: readonly string[], edit: { readonly value?: unknown }): unknown {
  const [first, ...rest] = path
  if (first === undefined) return edit.value
  const removes = rest.length === 0 && edit.value === undefined
  if (Array.isArray(value)) {
    const index = first === '-' ? value.length : Number(first)
    const items: unknown[] = [...value]
    if (removes) items.splice(index, 1)
    else items[index] = change(items[index], rest, edit)
    return items
  }
  if (!isJsonObject(value)) return value
  if (removes) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== first))
  return { ...value, [first]: change(value[first], rest, edit) }
}

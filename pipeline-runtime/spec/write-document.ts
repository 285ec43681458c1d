import { canonicalValue } from './canonical-value.ts'
import { DOCUMENT_FORMAT, type Document, documentSchema } from './document.ts'
import { definedKeys, isJsonObject, type JsonObject } from './json.ts'
import type { NodeKind } from './node-kind.ts'

/** Objects and arrays that fit into this many columns stand on one line. */
const LINE_WIDTH = 120

/** The document as text, canonically: the same document is always the same bytes. */
export function writeDocument(document: Document, options: { readonly kinds: readonly NodeKind[] }): string {
  return writeJson(canonicalDocument(document, options.kinds))
}

/** The document as JSON: fields in order, defaults left out, only the kinds in use in the header. */
export function canonicalDocument(document: Document, kinds: readonly NodeKind[]): JsonObject {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]))
  const used = [...new Set(document.nodes.map((node) => node.kind))].sort()
  const header: [string, number][] = []
  for (const kind of used) {
    // The version of a kind that is not known here is kept as it was read.
    const version = byName.get(kind)?.version ?? (Object.hasOwn(document.kinds, kind) ? document.kinds[kind] : undefined)
    if (version !== undefined) header.push([kind, version])
  }
  const nodes = document.nodes.map((node) => {
    const kind = byName.get(node.kind)
    return kind === undefined ? node : { ...node, config: canonicalValue(kind.config, node.config) }
  })
  const order = new Map(document.nodes.map((node, index) => [node.id, index]))
  const place = (id: string): number => order.get(id) ?? order.size
  const layout = Object.fromEntries(Object.entries(document.layout).sort(([a], [b]) => place(a) - place(b)))
  const canonical = canonicalValue(documentSchema, {
    ...document,
    format: DOCUMENT_FORMAT,
    kinds: Object.fromEntries(header),
    nodes,
    layout,
  })
  return isJsonObject(canonical) ? canonical : {}
}

/** JSON with two spaces: one line for what fits on it; the parts of a document stand on lines of their own, so that a diff shows what changed. */
export function writeJson(value: unknown): string {
  return `${print(value, 0, 0, 0, 0)}\n`
}

/** `before`: columns in front of the value on its line; `after`: those that have to follow it. */
function print(value: unknown, indent: number, before: number, after: number, level: number): string {
  const isList = Array.isArray(value)
  if (!isList && !isJsonObject(value)) return scalar(value)
  const line = inlineJson(value)
  const mayStandOnOneLine = level > 0 && !(level === 1 && holdsObjects(value))
  if (line === '{}' || line === '[]' || (mayStandOnOneLine && before + line.length + after <= LINE_WIDTH)) return line
  const inner = indent + 2
  const space = ' '.repeat(inner)
  const parts = isList
    ? value.map((item: unknown, index) => space + print(item, inner, inner, index < value.length - 1 ? 1 : 0, level + 1))
    : definedKeys(value).map((key, index, keys) => {
        const name = `${JSON.stringify(key)}: `
        return space + name + print(value[key], inner, inner + name.length, index < keys.length - 1 ? 1 : 0, level + 1)
      })
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  return `${open}\n${parts.join(',\n')}\n${' '.repeat(indent)}${close}`
}

function holdsObjects(value: JsonObject | readonly unknown[]): boolean {
  return (Array.isArray(value) ? value : Object.values(value)).some((item) => typeof item === 'object' && item !== null)
}

/** `{ "a": 1 }`: JSON on one line. */
export function inlineJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => inlineJson(item ?? null)).join(', ')}]`
  if (!isJsonObject(value)) return scalar(value)
  const members = definedKeys(value).map((key) => `${JSON.stringify(key)}: ${inlineJson(value[key])}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** A DOUBLE beyond 2^53 is written with an exponent: as an integer it would be one that reading refuses, since its digits are not meant. */
function scalar(value: unknown): string {
  const isLargeInteger = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return isLargeInteger ? value.toExponential() : JSON.stringify(value)
}

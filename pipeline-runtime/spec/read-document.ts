import { DOCUMENT_FORMAT, type Document, documentSchema } from './document.ts'
import { hasErrors, type Issue } from './issue.ts'
import { isJsonObject, type JsonObject, pointer } from './json.ts'
import { formatMigrations, migrateFormat, migrateKinds } from './migrations.ts'
import type { NodeKind } from './node-kind.ts'
import { parseJson } from './parse-json.ts'
import { checkSchema } from './schema-issues.ts'

export interface ReadDocument {
  readonly issues: readonly Issue[]
  /** Absent where there are errors. It is in the newest format, whatever the text was in. */
  readonly document?: Document
  /** Whether the text was in an older format or held older settings. */
  readonly migrated?: boolean
}

/** The document that a text holds. What its graph and settings mean is checked by `compile`. */
export function readDocument(text: string, options: { readonly kinds: readonly NodeKind[] }): ReadDocument {
  const parsed = parseJson(text)
  if (hasErrors(parsed.issues)) return { issues: parsed.issues }
  return readDocumentJson(parsed.value, options)
}

export function readDocumentJson(json: unknown, options: { readonly kinds: readonly NodeKind[] }): ReadDocument {
  if (!isJsonObject(json)) return refuse('NOT_A_DOCUMENT', '', 'This is JSON, but no document: one starts with { "format": 1, … }.')
  if (typeof json.specVersion === 'number') {
    return refuse('NOT_A_DOCUMENT', '', 'This is a compiled spec, not a document. `millrace open` gives the document back.')
  }
  const format = json.format
  if (format === undefined)
    return refuse(
      'NOT_A_DOCUMENT',
      '/format',
      'This is JSON, but no document: "format" is missing. A document starts with { "format": 1, … }.',
    )
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1) {
    return refuse('WRONG_VALUE', '/format', `"format" has to be a whole number from 1 to ${DOCUMENT_FORMAT}.`)
  }
  if (format > DOCUMENT_FORMAT) {
    const message = `The document has format ${format}; this Millrace reads up to format ${DOCUMENT_FORMAT}. Open it with a newer Millrace.`
    return refuse('NEWER_FORMAT', '/format', message)
  }
  try {
    return readNewestFormat(migrateFormat(json, format, formatMigrations), format, options.kinds)
  } catch (error) {
    // A migration meets what people wrote by hand: a document that its own format would not have allowed.
    const message = `The document cannot be brought from format ${format} to ${DOCUMENT_FORMAT}: ${error instanceof Error ? error.message : String(error)}.`
    return refuse('MIGRATION_FAILED', '', message)
  }
}

function readNewestFormat(json: JsonObject, format: number, kinds: readonly NodeKind[]): ReadDocument {
  const newer = newerKinds(json, kinds)
  if (newer.length > 0) return { issues: newer }
  const migrated = migrateKinds(json, kinds)
  const checked = checkSchema(documentSchema, migrated.json)
  if (!checked.ok) return { issues: checked.issues.map((issue) => withNodeId(issue, json)) }
  const document = checked.value
  const issues: Issue[] = []
  for (const name of new Set(document.nodes.map((node) => node.kind))) {
    const kind = kinds.find((candidate) => candidate.kind === name)
    if (kind === undefined || Object.hasOwn(document.kinds, name)) continue
    issues.push({
      code: 'KIND_VERSION_MISSING',
      severity: 'warning',
      path: pointer('kinds'),
      message: `"kinds" does not say which version of ${name} the settings are for; version ${kind.version} is taken. Add "${name}": ${kind.version}.`,
      fix: { title: `Add "${name}": ${kind.version}`, edits: [{ path: pointer('kinds', name), value: kind.version }] },
    })
  }
  return { issues, document, migrated: format < DOCUMENT_FORMAT || migrated.nodes.length > 0 }
}

function newerKinds(json: JsonObject, kinds: readonly NodeKind[]): Issue[] {
  const header = json.kinds
  if (!isJsonObject(header)) return []
  const issues: Issue[] = []
  for (const kind of kinds) {
    const version = Object.hasOwn(header, kind.kind) ? header[kind.kind] : undefined
    if (typeof version !== 'number' || version <= kind.version) continue
    const message = `The document uses ${kind.kind} ${version}; this Millrace knows it up to version ${kind.version}. Open it with a newer Millrace.`
    issues.push({ code: 'NEWER_KIND', severity: 'error', path: pointer('kinds', kind.kind), message })
  }
  return issues
}

function withNodeId(issue: Issue, json: JsonObject): Issue {
  const index = /^\/nodes\/(\d+)/.exec(issue.path)?.[1]
  const node: unknown = index === undefined || !Array.isArray(json.nodes) ? undefined : json.nodes[Number(index)]
  return isJsonObject(node) && typeof node.id === 'string' ? { ...issue, nodeId: node.id } : issue
}

function refuse(code: string, path: string, message: string): ReadDocument {
  return { issues: [{ code, severity: 'error', path, message }] }
}

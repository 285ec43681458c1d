import { DOCUMENT_FORMAT, documentSchema } from '../spec/document.ts'
import { hasErrors, type Issue } from '../spec/issue.ts'
import { isJsonObject } from '../spec/json.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import { parseJson } from '../spec/parse-json.ts'
import { checkSchema } from '../spec/schema-issues.ts'
import type { Spec } from '../spec/spec.ts'
import { specSchema } from '../spec/spec-schema.ts'
import { writeJson } from '../spec/write-document.ts'
import { hashSpec } from './compile.ts'

const SPEC_VERSION = 1

export interface ReadSpec {
  readonly issues: readonly Issue[]
  /** Absent where there are errors. */
  readonly spec?: Spec
}

/** Whether a text, or the JSON of one, is a spec and not a document. */
export function isSpec(input: unknown): boolean {
  const json = typeof input === 'string' ? parseJson(input).value : input
  return isJsonObject(json) && Object.hasOwn(json, 'specVersion')
}

/** The spec that a text holds, if nobody has changed it since it was compiled. With `kinds`, it also has to fit their versions. */
export function readSpec(text: string, options: { readonly kinds?: readonly NodeKind[] } = {}): ReadSpec {
  const parsed = parseJson(text)
  if (hasErrors(parsed.issues)) return { issues: parsed.issues }
  const json = parsed.value
  if (!isJsonObject(json) || !Object.hasOwn(json, 'specVersion')) {
    const isDocument = isJsonObject(json) && Object.hasOwn(json, 'format')
    return refuse(
      'NOT_A_SPEC',
      '',
      isDocument
        ? 'This is a document, not a compiled spec. `millrace compile` makes a spec of it.'
        : 'This is JSON, but no spec: "specVersion" is missing.',
    )
  }
  const version = json.specVersion
  if (typeof version === 'number' && version > SPEC_VERSION) {
    return refuse(
      'NEWER_SPEC',
      '/specVersion',
      `The spec has version ${version}; this Millrace runs up to version ${SPEC_VERSION}. Use a newer Millrace, or compile the document again.`,
    )
  }
  const checked = checkSchema(specSchema, json)
  if (!checked.ok) return { issues: checked.issues }
  const spec = withoutUndefined(checked.value)
  if (hashSpec(spec) !== spec.hash) {
    return refuse(
      'SPEC_CHANGED',
      '/hash',
      'The spec was changed after it was compiled: its hash does not fit. Change the document and compile it again.',
    )
  }
  const issues = [...checkDrawing(spec), ...(options.kinds === undefined ? [] : checkKinds(spec, options.kinds))]
  return issues.length > 0 ? { issues } : { issues: [], spec }
}

/** The spec as text. */
export function writeSpec(spec: Spec): string {
  return writeJson(spec)
}

function withoutUndefined(spec: ReturnType<typeof specSchema.parse>): Spec {
  const edges = spec.edges.map(({ from, to, repartitionBy }) => (repartitionBy === undefined ? { from, to } : { from, to, repartitionBy }))
  return { ...spec, edges }
}

/** The drawing lies outside the hash, so that it may have been edited: opening must still find a document in it. */
function checkDrawing(spec: Spec): Issue[] {
  const { name, tests, notes, layout, order } = spec.drawing
  const checked = checkSchema(documentSchema, {
    format: DOCUMENT_FORMAT,
    kinds: spec.kinds,
    name,
    nodes: [],
    edges: [],
    tests,
    notes,
    layout,
  })
  if (!checked.ok) return checked.issues.map((issue) => ({ ...issue, path: `/drawing${issue.path}` }))
  const ids = spec.nodes.map((node) => node.id)
  if (order.length === ids.length && new Set(order).size === ids.length && ids.every((id) => order.includes(id))) return []
  return [
    {
      code: 'WRONG_VALUE',
      severity: 'error',
      path: '/drawing/order',
      message: '"order" has to name each node once. Compile the document again.',
    },
  ]
}

function checkKinds(spec: Spec, kinds: readonly NodeKind[]): Issue[] {
  const issues: Issue[] = []
  for (const [name, version] of Object.entries(spec.kinds)) {
    const kind = kinds.find((candidate) => candidate.kind === name)
    const path = `/kinds/${name}`
    if (kind === undefined)
      issues.push({ code: 'UNKNOWN_KIND', severity: 'error', path, message: `This Millrace knows no kind of node called "${name}".` })
    else if (version > kind.version) {
      issues.push({
        code: 'NEWER_KIND',
        severity: 'error',
        path,
        message: `The spec uses ${name} ${version}; this Millrace knows it up to version ${kind.version}. Use a newer Millrace.`,
      })
    } else if (version < kind.version) {
      issues.push({
        code: 'OLDER_KIND',
        severity: 'error',
        path,
        message: `The spec was compiled with ${name} ${version}; this Millrace has version ${kind.version}. Compile the document again.`,
      })
    }
  }
  return issues
}

function refuse(code: string, path: string, message: string): ReadSpec {
  return { issues: [{ code, severity: 'error', path, message }] }
}

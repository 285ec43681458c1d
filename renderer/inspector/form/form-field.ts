import type { z } from 'zod'
import { isJsonObject } from '../../../pipeline-runtime/spec/json.ts'
import { bareSchema, defaultOf, isOptional, literalValues, metaOf, schemaAt, shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { getIn, setIn } from '../../state/change.ts'

export type Path = readonly (string | number)[]
export type Schema = z.core.$ZodType

/** Controls that a definition asks for by `meta.widget`. */
const NAMED = [
  'expression',
  'column',
  'column-list',
  'column-name',
  'duration',
  'source-columns',
  'select-columns',
  'aggregates',
  'window',
  'connection',
  'topic',
  'path',
  'sample',
  'type',
  'time-zone',
] as const

/** Controls that follow from the type alone. */
const BY_TYPE = ['text', 'number', 'switch', 'choice', 'time', 'text-list', 'list', 'group', 'member', 'record', 'json', 'fixed'] as const

export type Widget = (typeof NAMED)[number] | (typeof BY_TYPE)[number]

/** One setting as the form shows it; everything in it comes from the schema. */
export interface FormField {
  /** From the root of the settings. */
  readonly path: Path
  readonly schema: Schema
  readonly title: string
  readonly description: string | undefined
  /** The technical word, behind ⓘ. */
  readonly term: string | undefined
  readonly widget: Widget
  /** Whether it may be left out. */
  readonly optional: boolean
  /** What holds where it is left out. */
  readonly fallback: { readonly has: boolean; readonly value?: unknown }
  /** Whether the title is for screen readers only: in rows of a table. */
  readonly hidesTitle?: boolean
}

/** The settings of an object schema in their order, without those that have only one possible value. */
export function fieldsOf(schema: Schema, path: Path): readonly FormField[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([name, field]) => {
    const known = fieldFor(field, [...path, name])
    return known.widget === 'fixed' ? [] : [known]
  })
}

export function fieldFor(schema: Schema, path: Path): FormField {
  const { title, description, term } = metaOf(schema)
  return {
    path,
    schema,
    title: nonEmptyText(title) ?? humanName(path),
    description: nonEmptyText(description),
    term: nonEmptyText(term),
    widget: widgetOf(schema),
    optional: isOptional(schema),
    fallback: defaultOf(schema),
  }
}

/** A widget that is not known here gives the control of the type. */
export function widgetOf(schema: Schema): Widget {
  const named: unknown = metaOf(schema).widget
  return NAMED.find((widget) => widget === named) ?? widgetByType(schema)
}

function widgetByType(schema: Schema): Widget {
  const { def } = bareSchema(schema)._zod
  switch (def.type) {
    case 'string':
      return Reflect.get(def, 'format') === 'datetime' ? 'time' : 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'switch'
    case 'enum':
      return 'choice'
    case 'literal':
      return def.values.length === 1 ? 'fixed' : 'choice'
    case 'array':
      return bareSchema(def.element)._zod.def.type === 'string' ? 'text-list' : 'list'
    case 'object':
      return 'group'
    case 'record':
      return 'record'
    case 'union':
      return 'member'
    default:
      return 'json'
  }
}

export interface Choice {
  readonly value: string
  readonly label: string
}

/** Values of an enum with their labels; numbers as text. */
export function choicesOf(schema: Schema): readonly Choice[] {
  const labels = metaOf(schema).choices
  return literalValues(schema).map((value) => {
    const label: unknown = isJsonObject(labels) ? labels[String(value)] : undefined
    return { value: String(value), label: nonEmptyText(label) ?? humanWord(String(value)) }
  })
}

export interface Member extends Choice {
  readonly schema: Schema
}

/** The members of a union: `value` is the discriminator's, or the member's place. */
export function membersOf(union: z.core.$ZodUnionDef): readonly Member[] {
  const discriminator: unknown = Reflect.get(union, 'discriminator')
  return union.options.map((schema, i) => {
    const tag = typeof discriminator === 'string' ? literalValues(shapeOf(schema)?.[discriminator])[0] : undefined
    const value = tag === undefined ? String(i) : String(tag)
    return { schema, value, label: nonEmptyText(metaOf(schema).title) ?? humanWord(value) }
  })
}

/** A setting's value that the schema allows, as far as one can be made up: what a new item of a list or a newly chosen member starts with. */
export function initialValue(schema: Schema, now: Date): unknown {
  const fallback = defaultOf(schema)
  if (fallback.has) return fallback.value
  const { def } = bareSchema(schema)._zod
  switch (def.type) {
    case 'object': {
      const required = Object.entries(def.shape).filter(([, field]) => !isOptional(field))
      return Object.fromEntries(
        required.map(([name, field]) => [name, initialValue(field, now)]).filter(([, value]) => value !== undefined),
      )
    }
    case 'literal':
    case 'enum':
      return literalValues(schema)[0]
    case 'string':
      return widgetByType(schema) === 'time' ? now.toISOString().replace(/\.\d+Z$/, 'Z') : undefined
    case 'number':
      return widgetOf(schema) === 'duration' ? 3_600_000 : Math.max(0, minimumOf(schema) ?? 0)
    case 'boolean':
      return false
    case 'array':
      return []
    case 'record':
      return {}
    case 'union':
      return def.options[0] === undefined ? undefined : initialValue(def.options[0], now)
    default:
      return undefined
  }
}

function minimumOf(schema: Schema): number | undefined {
  const minimum: unknown = Reflect.get(bareSchema(schema)._zod.bag, 'minimum')
  return typeof minimum === 'number' && Number.isFinite(minimum) ? minimum : undefined
}

export function isInteger(schema: Schema): boolean {
  const format: unknown = Reflect.get(bareSchema(schema)._zod.def, 'format')
  return format === 'safeint' || format === 'int32' || format === 'uint32'
}

/** The settings with what holds for a part filled in down to a path: a field inside of a default needs the rest of the default beside it. */
export function withDefaultsDownTo(schema: Schema, value: unknown, path: Path): unknown {
  let current = value
  for (let depth = 1; depth < path.length; depth++) {
    const at = path.slice(0, depth)
    if (getIn(current, at) !== undefined) continue
    const inner = schemaAt(schema, current, at)
    const fallback = inner === undefined ? undefined : defaultOf(inner)
    if (fallback?.has === true) current = setIn(current, at, fallback.value)
  }
  return current
}

function nonEmptyText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function humanName(path: Path): string {
  const last = path.at(-1)
  return typeof last === 'number' ? `Item ${last + 1}` : humanWord(String(last ?? 'Value'))
}

/** `maxAhead` → `Max ahead`; short words of formats in capitals. */
function humanWord(name: string): string {
  if (/^(json|csv|url|id)$/i.test(name)) return name.toUpperCase()
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/[-_]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase()
}

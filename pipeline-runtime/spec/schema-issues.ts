import type { z } from 'zod'
import { closestName } from '../data/close-names.ts'
import type { Fix, Issue } from './issue.ts'
import { isJsonObject, pointer, valueAt } from './json.ts'
import { listed } from './listed.ts'
import { bareSchema, literalValues, metaOf, nearestMember, schemaAt, shapeOf } from './schema-walk.ts'

/** Stands for "no sentence of its own": sentences that a definition gives with its checks are kept, zod's own ones are not. */
const NO_SENTENCE = '\u0000'

type Path = readonly PropertyKey[]
type Raw = z.core.$ZodIssue

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] }

/** Parses a value and says in plain words what is wrong with it. `at` leads to the value in the document. */
export function checkSchema<S extends z.ZodType>(
  schema: S,
  value: unknown,
  at: readonly (string | number)[] = [],
  nodeId?: string,
): Checked<z.output<S>> {
  const result = schema.safeParse(value, { error: () => NO_SENTENCE })
  if (result.success) return { ok: true, value: result.data }
  const found = result.error.issues.flatMap((raw) => flatten(raw, value))
  const issues = found.flatMap((raw) =>
    describe(schema, value, raw).map((issue): Issue => {
      const path = [...at, ...raw.path.map(plain), ...(issue.field === undefined ? [] : [issue.field])]
      const edits = issue.fix?.edits.map((edit) => ({ ...edit, path: pointer(...at, ...raw.path.map(plain)) + edit.path }))
      return {
        code: issue.code,
        severity: 'error',
        ...(nodeId === undefined ? {} : { nodeId }),
        path: pointer(...path),
        message: issue.message,
        ...(issue.fix === undefined || edits === undefined ? {} : { fix: { title: issue.fix.title, edits } }),
      }
    }),
  )
  return { ok: false, issues }
}

interface Described {
  readonly code: string
  readonly message: string
  /** A field behind the path of the raw issue. */
  readonly field?: string
  /** Paths relative to that of the raw issue. */
  readonly fix?: Fix | undefined
}

function plain(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part
}

/** Of a union, the member that the value comes nearest to speaks. */
function flatten(raw: Raw, root: unknown): Raw[] {
  if (raw.code !== 'invalid_union' || raw.errors.length === 0) return [raw]
  const value = valueAt(root, raw.path)
  const members = raw.errors.map((errors) => errors.map((inner): Raw => ({ ...inner, path: [...raw.path, ...inner.path] })))
  const near = members.filter((errors) => !errors.some((inner) => inner.path.length === raw.path.length && isOtherType(inner)))
  const best = near.sort((a, b) => a.length - b.length)[0]
  if (best !== undefined && value !== undefined) return best.flatMap((inner) => flatten(inner, root))
  return [raw]
}

/** Whether an issue says that the value is something else altogether, so that the member of a union cannot be meant. */
function isOtherType({ code }: Raw): boolean {
  return code === 'invalid_type' || code === 'invalid_value'
}

function describe(schema: z.ZodType, root: unknown, raw: Raw): Described[] {
  const value = valueAt(root, raw.path)
  const own = schemaAt(schema, root, raw.path)
  const name = nameOf(own, raw.path)
  if (raw.message !== NO_SENTENCE) {
    const code: unknown = raw.code === 'custom' ? raw.params?.code : undefined
    return [
      { code: typeof code === 'string' ? code : 'WRONG_VALUE', message: /[.!?]$/.test(raw.message) ? raw.message : `${raw.message}.` },
    ]
  }
  if (raw.code === 'unrecognized_keys') return raw.keys.map((key) => unknownField(key, own, value, raw.path))
  if (value === undefined) return [{ code: 'MISSING_FIELD', message: `${name} is missing. Give it ${expected(raw, own)}.` }]
  switch (raw.code) {
    case 'invalid_type':
      return [{ code: 'WRONG_TYPE', message: `${name} has to be ${expected(raw, own)}, not ${shown(value)}.` }]
    case 'invalid_value':
      return [choice(name, value, raw.values)]
    case 'invalid_union': {
      if (raw.discriminator !== undefined) return [choice(name, value, discriminatorValues(schema, root, raw))]
      const words = new Set(
        raw.errors.flatMap((errors) => errors.filter((inner) => inner.path.length === 0).map((inner) => expected(inner, undefined))),
      )
      const all = words.size === 0 ? '' : ` It has to be ${listed([...words], 'or')}.`
      return [{ code: 'WRONG_VALUE', message: `${name} cannot be ${shown(value)}.${all}` }]
    }
    case 'too_small':
    case 'too_big':
      return [{ code: 'WRONG_VALUE', message: size(name, value, raw) }]
    case 'invalid_format':
      return [{ code: 'WRONG_VALUE', message: `${name} cannot be ${shown(value)}: ${formatWords(raw, own)}.` }]
    case 'not_multiple_of':
      return [{ code: 'WRONG_VALUE', message: `${name} has to be a multiple of ${raw.divisor}, not ${shown(value)}.` }]
    default:
      return [{ code: 'WRONG_VALUE', message: `${name} cannot be ${shown(value)}.` }]
  }
}

function unknownField(key: string, own: z.core.$ZodType | undefined, value: unknown, path: Path): Described {
  const fields = own === undefined ? [] : Object.keys(shapeOfMember(own, value) ?? {})
  const free = fields.filter((field) => !(isJsonObject(value) && Object.hasOwn(value, field)))
  const meant = closestName(key, free)
  const last = path[path.length - 1]
  const where = last === undefined ? '' : ` in ${typeof last === 'number' ? lower(itemOf(path, last)) : String(last)}`
  const known = fields.length === 0 ? '' : ` Known here: ${listed(fields)}.`
  const edits = meant === undefined || !isJsonObject(value) ? [] : [{ path: pointer(key) }, { path: pointer(meant), value: value[key] }]
  return {
    code: 'UNKNOWN_FIELD',
    message: `There is no field "${key}"${where}.${meant === undefined ? ` Remove it.${known}` : ` Did you mean "${meant}"?`}`,
    field: key,
    fix:
      meant === undefined
        ? { title: `Remove "${key}"`, edits: [{ path: pointer(key) }] }
        : { title: `Rename "${key}" to "${meant}"`, edits },
  }
}

/** Fields of the object, or of the union member that the value is most likely meant for. */
function shapeOfMember(schema: z.core.$ZodType, value: unknown): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const { def } = bareSchema(schema)._zod
  if (def.type !== 'union') return shapeOf(schema)
  const member = nearestMember(def, value)
  return member === undefined ? undefined : shapeOfMember(member, value)
}

function discriminatorValues(schema: z.ZodType, root: unknown, raw: Extract<Raw, { code: 'invalid_union' }>): readonly unknown[] {
  // zod lists them where it found no member, though its types do not say so.
  const options: unknown = Reflect.get(raw, 'options')
  if (Array.isArray(options)) return options
  return literalValues(schemaAt(schema, root, raw.path))
}

function choice(name: string, value: unknown, allowed: readonly unknown[]): Described {
  const texts = allowed.map((item) => (typeof item === 'string' ? item : String(item)))
  const meant = typeof value === 'string' ? closestName(value, texts) : undefined
  const many = texts.length > 12 ? `${texts.slice(0, 12).join(', ')}, …` : listed(texts, 'or')
  return {
    code: 'WRONG_VALUE',
    message: [
      `${name} cannot be ${shown(value)}.`,
      meant === undefined ? '' : `Did you mean "${meant}"?`,
      texts.length > 1 || meant === undefined ? `It has to be ${many}.` : '',
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
    fix: meant === undefined ? undefined : { title: `Change to "${meant}"`, edits: [{ path: '', value: meant }] },
  }
}

/** `"Size" (sizeMs)`: the title that the form shows and the name that stands in the file. */
function nameOf(schema: z.core.$ZodType | undefined, path: Path): string {
  const title = schema === undefined ? undefined : metaOf(schema).title
  const last = path[path.length - 1]
  const field = typeof last === 'number' ? itemOf(path, last) : last === undefined ? 'This' : String(last)
  if (typeof title !== 'string' || typeof last !== 'string' || title.toLowerCase() === field.toLowerCase()) {
    return typeof last === 'string' ? `"${field}"` : field
  }
  return `"${title}" (${field})`
}

function itemOf(path: Path, index: number): string {
  return `Item ${index + 1} of ${String(path[path.length - 2] ?? 'the list')}`
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object in { }',
  record: 'an object in { }',
  null: 'null',
}

function expected(raw: Raw, schema: z.core.$ZodType | undefined): string {
  if (raw.code === 'invalid_type') return TYPE_WORDS[raw.expected] ?? `a value of type ${raw.expected}`
  const values = raw.code === 'invalid_value' ? raw.values : literalValues(schema)
  if (values.length === 1) return `the value ${JSON.stringify(values[0])}`
  if (values.length > 1)
    return `one of ${listed(
      values.map((item) => String(item)),
      'or',
    )}`
  return 'a value'
}

function size(name: string, value: unknown, raw: Extract<Raw, { code: 'too_small' | 'too_big' }>): string {
  const small = raw.code === 'too_small'
  const bound = small ? raw.minimum : raw.maximum
  if (raw.origin === 'string') {
    if (small && value === '') return `${name} is empty. Fill it in.`
    return `${name} has to have at ${small ? 'least' : 'most'} ${bound} letters.`
  }
  if (raw.origin === 'array' || raw.origin === 'set' || raw.origin === 'map') {
    if (small && bound === 1) return `${name} is empty. Add at least one.`
    return `${name} has to have at ${small ? 'least' : 'most'} ${bound} items.`
  }
  const word = small ? (raw.inclusive ? 'at least' : 'more than') : raw.inclusive ? 'at most' : 'less than'
  return `${name} has to be ${word} ${bound}, not ${shown(value)}.`
}

function formatWords(raw: Extract<Raw, { code: 'invalid_format' }>, schema: z.core.$ZodType | undefined): string {
  const hint = schema === undefined ? undefined : metaOf(schema).hint
  if (typeof hint === 'string') return hint
  if (raw.format === 'datetime') return 'write a time such as 2026-01-01T00:00:00Z'
  if (raw.format === 'regex' && raw.pattern !== undefined) return `it has to have the form ${raw.pattern}`
  return `it is not a ${raw.format}`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isJsonObject(value)) return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

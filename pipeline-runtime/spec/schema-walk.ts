import { z } from 'zod'
import { isJsonObject } from './json.ts'

const bare = new WeakMap<z.core.$ZodType, z.core.$ZodTypes>()

/** The schema behind defaults, optionals and other wrappers; `_zod.def.type` says which it is. */
export function bareSchema(schema: z.core.$ZodType): z.core.$ZodTypes {
  const known = bare.get(schema)
  if (known !== undefined) return known
  const inner = innerOf(schema)
  const found = inner === undefined ? classic(schema) : bareSchema(inner)
  bare.set(schema, found)
  return found
}

/** zod's own union of all its schemas, which it documents for walking; `def.type` tells them apart faster than `instanceof`. */
function classic(schema: z.core.$ZodType): z.core.$ZodTypes {
  return schema as z.core.$ZodTypes
}

function innerOf(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const { def } = classic(schema)._zod
  switch (def.type) {
    case 'lazy':
      return def.getter()
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return def.innerType
    default:
      return undefined
  }
}

/** What a field has where it is left out; `has` is false where it has nothing of its own. */
export function defaultOf(schema: z.core.$ZodType): { readonly has: boolean; readonly value?: unknown } {
  for (let current: z.core.$ZodType | undefined = schema; current !== undefined; current = innerOf(current)) {
    const { def } = classic(current)._zod
    if (def.type === 'default' || def.type === 'prefault') return { has: true, value: def.defaultValue }
  }
  return { has: false }
}

/** Whether the field may be left out. */
export function isOptional(schema: z.core.$ZodType): boolean {
  // Also 'defaulted', as zod calls a field that has something of its own.
  return schema._zod.optin !== undefined
}

/** Title, description and whatever else stands in `.meta()`, of the schema or of what it wraps. */
export function metaOf(schema: z.core.$ZodType): Readonly<Record<string, unknown>> {
  const own: Record<string, unknown> = { ...z.globalRegistry.get(schema) }
  delete own.id
  const inner = innerOf(schema)
  return inner === undefined ? own : { ...metaOf(inner), ...own }
}

/** Fields of an object schema in their order; undefined for other schemas. */
export function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const { def } = bareSchema(schema)._zod
  return def.type === 'object' ? def.shape : undefined
}

/** Which member of a union a value belongs to: by its discriminator, else the first that takes it. */
export function unionMember(union: z.core.$ZodUnionDef, value: unknown): z.core.$ZodType | undefined {
  const discriminator: unknown = Reflect.get(union, 'discriminator')
  if (typeof discriminator !== 'string') return union.options.find((option) => z.safeParse(option, value).success)
  const met = isJsonObject(value) ? value[discriminator] : undefined
  return union.options.find((option) => literalValues(shapeOf(option)?.[discriminator]).includes(met))
}

/** The member that a value was most likely meant for: the one that takes it, else the object with most of its fields. */
export function nearestMember(union: z.core.$ZodUnionDef, value: unknown): z.core.$ZodType | undefined {
  const member = unionMember(union, value)
  if (member !== undefined || !isJsonObject(value)) return member
  let best: z.core.$ZodType | undefined
  let most = 0
  for (const option of union.options) {
    const shape = shapeOf(option) ?? {}
    const shared = Object.keys(value).filter((key) => Object.hasOwn(shape, key)).length
    if (shared > most) {
      best = option
      most = shared
    }
  }
  return best
}

/** Texts and numbers that a literal or enum allows. */
export function literalValues(schema: z.core.$ZodType | undefined): readonly unknown[] {
  if (schema === undefined) return []
  const { def } = bareSchema(schema)._zod
  if (def.type === 'literal') return def.values
  return def.type === 'enum' ? Object.values(def.entries) : []
}

/** The schema of the part of a value at a path, undefined where the schema knows nothing about it. */
export function schemaAt(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly (string | number | symbol)[],
): z.core.$ZodType | undefined {
  const [first, ...rest] = path
  if (first === undefined) return schema
  const inner = stepInto(schema, value, first)
  if (inner === undefined) return undefined
  const next = Array.isArray(value) ? value[Number(first)] : isJsonObject(value) ? value[String(first)] : undefined
  return schemaAt(inner, next, rest)
}

function stepInto(schema: z.core.$ZodType, value: unknown, part: string | number | symbol): z.core.$ZodType | undefined {
  const { def } = bareSchema(schema)._zod
  switch (def.type) {
    case 'object':
      return typeof part === 'string' && Object.hasOwn(def.shape, part) ? def.shape[part] : undefined
    case 'array':
      return def.element
    case 'tuple':
      return def.items[Number(part)] ?? def.rest ?? undefined
    case 'record':
      return def.valueType
    case 'union': {
      const member = nearestMember(def, value)
      if (member !== undefined) return stepInto(member, value, part)
      for (const option of def.options) {
        const found = stepInto(option, value, part)
        if (found !== undefined) return found
      }
      return undefined
    }
    default:
      return undefined
  }
}

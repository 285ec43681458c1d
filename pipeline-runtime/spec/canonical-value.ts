import type { z } from 'zod'
import { isJsonObject, type JsonObject, sameJson } from './json.ts'
import { bareSchema, defaultOf, unionMember } from './schema-walk.ts'

/**
 * A value as a document has it: fields in the order of the schema, those equal to their default left out. What the schema does not
 * know or does not take is kept as it is, behind what it knows.
 */
export function canonicalValue(schema: z.core.$ZodType, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { def } = bareSchema(schema)._zod
  switch (def.type) {
    case 'object':
      return isJsonObject(value) ? canonicalObject(def.shape, value) : value
    case 'array':
      return Array.isArray(value) ? value.map((item: unknown) => canonicalValue(def.element, item)) : value
    case 'record':
      if (!isJsonObject(value)) return value
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, canonicalValue(def.valueType, item)]))
    case 'union': {
      const member = unionMember(def, value)
      return member === undefined ? value : canonicalValue(member, value)
    }
    default:
      return value
  }
}

function canonicalObject(shape: Readonly<Record<string, z.core.$ZodType>>, value: JsonObject): JsonObject {
  const result: JsonObject = {}
  for (const [key, schema] of Object.entries(shape)) {
    if (!Object.hasOwn(value, key) || value[key] === undefined) continue
    const canonical = canonicalValue(schema, value[key])
    const fallback = defaultOf(schema)
    if (!fallback.has || !sameJson(canonical, canonicalValue(schema, fallback.value))) result[key] = canonical
  }
  for (const [key, item] of Object.entries(value)) {
    if (!Object.hasOwn(shape, key) && item !== undefined) result[key] = item
  }
  return result
}

import { z } from 'zod'
import { listed } from './listed.ts'
import { cell } from './markdown-cell.ts'
import { bareSchema, defaultOf, isOptional, literalValues, metaOf, shapeOf } from './schema-walk.ts'
import { inlineJson } from './write-document.ts'

// The settings of a reference page, in Markdown, read from the schema of the config.

/** A table of all settings, those inside of others too. */
export function settingsPart(schema: z.core.$ZodType): string[] {
  const rows = fieldRows(schema, '')
  if (rows.length === 0) return ['It has none.']
  return ['| Setting | Type | Default | Meaning |', '|---|---|---|---|', ...rows]
}

function fieldRows(schema: z.core.$ZodType, prefix: string): string[] {
  return shapeRows(shapeOf(schema) ?? {}, prefix)
}

function shapeRows(shape: Readonly<Record<string, z.core.$ZodType>>, prefix: string): string[] {
  return Object.entries(shape).flatMap(([key, field]) => {
    const { title, description, term } = metaOf(field)
    const name = prefix + key
    const fallback = defaultOf(field)
    const standing = fallback.has ? `\`${cell(inlineJson(fallback.value))}\`` : isOptional(field) ? 'none' : 'required'
    const words = [text(description), text(term) === '' ? '' : `(${text(term)})`].filter((word) => word !== '').join(' ')
    const row = `| ${cell(text(title) || key)}<br>\`${name}\` | ${cell(typeWords(field))} | ${standing} | ${cell(words)} |`
    return [row, ...innerRows(field, name)]
  })
}

/** The fields of objects, of objects in lists, and of the members of a union. */
function innerRows(field: z.core.$ZodType, name: string): string[] {
  const { def } = bareSchema(field)._zod
  if (def.type === 'object') return fieldRows(field, `${name}.`)
  if (def.type === 'array') return innerRows(def.element, `${name}[]`)
  if (def.type !== 'union') return []
  const discriminator: unknown = Reflect.get(def, 'discriminator')
  const rows = def.options.flatMap((option) => {
    const shape = shapeOf(option) ?? {}
    const literal = typeof discriminator === 'string' ? literalValues(shape[discriminator])[0] : undefined
    if (literal === undefined) return fieldRows(option, `${name}.`)
    const { [String(discriminator)]: _type, ...fields } = shape
    return shapeRows(fields, `${name}(${String(literal)}).`)
  })
  // Members of a union share fields.
  return [...new Set(rows)]
}

function typeWords(field: z.core.$ZodType): string {
  const { def } = bareSchema(field)._zod
  switch (def.type) {
    case 'string':
      return text(metaOf(field).widget) === 'expression' ? 'SQL expression' : 'text'
    case 'number':
      return isWhole(field) ? 'whole number' : 'number'
    case 'boolean':
      return 'true or false'
    case 'array':
      return `list of ${typeWords(def.element)}`
    case 'record':
      return `object, each value ${typeWords(def.valueType)}`
    case 'literal':
    case 'enum':
      return listed(
        literalValues(field).map((value) => `\`${String(value)}\``),
        'or',
      )
    case 'union': {
      const discriminator: unknown = Reflect.get(def, 'discriminator')
      if (typeof discriminator !== 'string') return listed([...new Set(def.options.map(typeWords))], 'or')
      const values = def.options.flatMap((option) => literalValues(shapeOf(option)?.[discriminator]))
      return `object with \`${discriminator}\` ${listed(
        values.map((value) => `\`${String(value)}\``),
        'or',
      )}`
    }
    case 'object':
      return 'object'
    default:
      return 'any value'
  }
}

function isWhole(field: z.core.$ZodType): boolean {
  const json = z.toJSONSchema(bareSchema(field), { io: 'input' })
  return json.type === 'integer'
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

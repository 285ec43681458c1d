import { z } from 'zod'
import { listed } from './closest.ts'
import { isJsonObject } from './json.ts'
import type { ExampleInput, InPort, NodeCategory, NodeExample, NodeKind, OutPort, Ports } from './node-kind.ts'
import { checkSchema } from './schema-issues.ts'
import { bareSchema, defaultOf, isOptional, literalValues, metaOf, shapeOf } from './schema-walk.ts'
import { inlineJson, writeJson } from './write-document.ts'

// The reference pages of the kinds of nodes, in Markdown, derived from their definitions.

const CATEGORIES: Readonly<Record<NodeCategory, string>> = {
  read: 'Read',
  shape: 'Shape',
  summarise: 'Summarise',
  combine: 'Combine',
  write: 'Write',
}

const PROMISES: Readonly<Record<NodeKind['promise'], string>> = {
  order: 'The same rows, in the same order within each partition, however the input is cut into batches.',
  set: 'The same set of rows, whatever the order in which partitions are read. Order holds per key only.',
  bytes: 'The same bytes every time.',
  excluded: 'Results may depend on the moment at which rows arrive.',
}

const NOTE = '<!-- Generated from the definition of the kind by build/generate/node-reference.ts; change that. -->'

export function nodeIndexPage(kinds: readonly NodeKind[]): string {
  const lines = [NOTE, '', '# Nodes', '']
  for (const [category, title] of Object.entries(CATEGORIES)) {
    const own = kinds.filter((kind) => kind.category === category)
    if (own.length === 0) continue
    lines.push(`## ${title}`, '', '| Node | Kind | |', '|---|---|---|')
    for (const kind of own) lines.push(`| [${kind.title}](${kind.kind}.md) | \`${kind.kind}\` | ${cell(firstSentence(kind.description))} |`)
    lines.push('')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

export function nodePage(kind: NodeKind): string {
  const term = kind.term === undefined ? '' : ` Others call it: ${kind.term}.`
  const lines = [
    NOTE,
    '',
    `# ${kind.title}`,
    '',
    `\`${kind.kind}\`, version ${kind.version} of its settings · ${CATEGORIES[kind.category]}.${term}`,
    '',
    kind.description,
    '',
    '## Ports',
    '',
    ...portTable(kind),
    '',
    '## Settings',
    '',
    ...settings(kind.config),
    '',
    '## What it promises',
    '',
    PROMISES[kind.promise],
    ...(kind.groupedBy === undefined ? [] : ['', 'Rows that belong together are brought together in front of it (a repartition).']),
  ]
  if (kind.examples.length > 0) lines.push('', '## Examples')
  for (const example of kind.examples) lines.push('', ...examplePart(kind, example))
  return `${lines.join('\n').trimEnd()}\n`
}

/** Ports may depend on the settings: those of the examples and of a config with dead letters show all of them. */
function portTable(kind: NodeKind): string[] {
  const found = new Map<string, { side: string; port: InPort | OutPort; always: boolean }>()
  const variants = portVariants(kind)
  for (const ports of variants) {
    for (const side of ['in', 'out'] as const) {
      for (const port of ports[side]) {
        const always = variants.every((other) => other[side].some(({ name }) => name === port.name))
        found.set(`${side} ${port.name}`, { side, port, always })
      }
    }
  }
  if (found.size === 0) return ['None.']
  const rows = [...found.values()].map(
    ({ side, port, always }) => `| ${side} | \`${port.name}\` | ${cell(port.title)} | ${cell(listed(portWords(port, always)))} |`,
  )
  return ['| | Port | | |', '|---|---|---|---|', ...rows]
}

function portVariants(kind: NodeKind): Ports[] {
  const configs = kind.examples.map((example): unknown => example.config)
  const [first] = configs
  const onError = shapeOf(kind.config)?.onError
  if (isJsonObject(first) && onError !== undefined) {
    for (const policy of literalValues(onError)) configs.push({ ...first, onError: policy })
  }
  return configs.flatMap((config) => {
    const checked = checkSchema(kind.config, config)
    return checked.ok ? [kind.ports(checked.value)] : []
  })
}

function portWords(port: InPort | OutPort, always: boolean): string[] {
  const words: string[] = []
  if (!always) words.push('depends on the settings')
  if ('role' in port) {
    if (port.required === true) words.push('has to be connected')
    return words
  }
  if (port.many === true) words.push('takes several edges')
  if (port.accepts?.upsert === true) words.push('takes rows that replace earlier ones')
  if (port.accepts?.deadLetter === true) words.push('takes what was set aside')
  return words
}

function settings(schema: z.core.$ZodType): string[] {
  const rows = fieldRows(schema, '')
  if (rows.length === 0) return ['None.']
  return ['| Setting | Name in the file | Type | Default | |', '|---|---|---|---|---|', ...rows]
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
    const row = `| ${cell(text(title) || key)} | \`${name}\` | ${cell(typeWords(field))} | ${standing} | ${cell(words)} |`
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

function examplePart(kind: NodeKind, { title, config, given, expect }: NodeExample<unknown>): string[] {
  const lines = [`### ${title}`, '', ...block(writeJson({ kind: kind.kind, config }))]
  for (const [port, input] of Object.entries(given))
    lines.push('', 'records' in input ? 'It reads:' : `Into \`${port}\`:`, '', ...inputPart(input))
  for (const [port, rows] of Object.entries(expect)) {
    const where = port === 'sink' ? 'It writes' : port === 'table' ? 'It shows' : `Out of \`${port}\``
    lines.push(
      '',
      rows.length === 0 ? `${where}: nothing.` : `${where}:`,
      ...(rows.length === 0 ? [] : ['', ...block(rows.map(inlineJson).join('\n'))]),
    )
  }
  return lines
}

function inputPart(input: ExampleInput): string[] {
  if ('records' in input) return block(input.records.map(inlineJson).join('\n'))
  const columns = Object.entries(input.columns).map(([name, type]) => `\`${name}\` ${type}`)
  return [`Columns: ${columns.join(', ')}.`, '', ...block(input.rows.map(inlineJson).join('\n'))]
}

function block(content: string): string[] {
  return ['```json', content.trimEnd(), '```']
}

function firstSentence(description: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(description)?.[0] ?? description
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function cell(content: string): string {
  return content.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')
}

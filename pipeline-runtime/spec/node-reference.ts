import { firstSentence } from './first-sentence.ts'
import { isJsonObject } from './json.ts'
import { cell } from './markdown-cell.ts'
import type { InPort, NodeCategory, NodeKind, OutPort, Ports } from './node-kind.ts'
import { type ExampleOutcome, examplesPart } from './node-reference-examples.ts'
import { settingsPart } from './node-reference-settings.ts'
import { checkSchema } from './schema-issues.ts'
import { literalValues, shapeOf } from './schema-walk.ts'

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

const ROLES: Readonly<Record<Exclude<OutPort['role'], 'rows'>, string>> = {
  late: 'rows that came after their result was finished',
  'dead-letter': 'what failed, with its bytes, where it was, and why',
}

const NOTE = '<!-- Generated from the definition of the kind by build/generate/node-reference.ts; change that. -->'

export function nodeIndexPage(kinds: readonly NodeKind[]): string {
  const lines = [
    NOTE,
    '',
    '# Kinds of steps',
    '',
    'What a step can be, in the order of the palette. Each page says what the kind does and when to use it, shows examples with the rows that',
    'went in and came out when they were run, and lists every setting.',
    '',
  ]
  for (const [category, title] of Object.entries(CATEGORIES)) {
    const own = kinds.filter((kind) => kind.category === category)
    if (own.length === 0) continue
    lines.push(`## ${title}`, '', '| Step | In a document | |', '|---|---|---|')
    for (const kind of own) lines.push(`| [${kind.title}](${kind.kind}.md) | \`${kind.kind}\` | ${cell(firstSentence(kind.description))} |`)
    lines.push('')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

/** `outcomes`: what came out of the examples when they were run, in their order. */
export function nodePage(kind: NodeKind, outcomes: readonly ExampleOutcome[]): string {
  const { reference } = kind
  const lines = [
    NOTE,
    '',
    `# ${kind.title}`,
    '',
    `*${CATEGORIES[kind.category]}* · \`${kind.kind}\` in a document, version ${kind.version} of its settings`,
    '',
    kind.description,
    ...part('When to use it', reference === undefined ? [] : [reference.whenToUse]),
    ...part(kind.examples.length > 1 ? 'Examples' : 'Example', examplesPart(kind, outcomes)),
    ...part('Settings', settingsPart(kind.config)),
    ...part('Connection points', portTable(kind)),
    ...part('What becomes of the other rows', reference === undefined ? [] : [reference.otherRows]),
    ...part('What it promises', promiseLines(kind)),
    ...part('Performance and limits', reference === undefined ? [] : [reference.limits]),
    ...part('Elsewhere', elsewhere(kind)),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, ...(lines[0] === '' ? [] : ['']), ...lines]
}

function promiseLines(kind: NodeKind): string[] {
  const together = 'Rows that belong together are brought together in front of it (a repartition).'
  return [PROMISES[kind.promise], ...(kind.groupedBy === undefined ? [] : ['', together])]
}

function elsewhere({ term, reference }: NodeKind): string[] {
  const named = term === undefined ? [] : [`- Others call it: ${term}.`]
  if (reference === undefined) return named
  return [...named, `- Flink SQL: ${reference.flink}`, `- Kafka Streams: ${reference.kafkaStreams}`]
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
  if (found.size === 0) return ['It has none.']
  const rows = [...found.values()].map(
    ({ side, port, always }) => `| ${side} | ${cell(port.title)}<br>\`${port.name}\` | ${cell(portWords(port, always).join('; '))} |`,
  )
  return ['| | Name | |', '|---|---|---|', ...rows]
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
  if ('role' in port) {
    if (port.role !== 'rows') words.push(ROLES[port.role])
    if (!always)
      words.push(
        port.required === true
          ? 'only where the settings ask for it, and then it has to be connected'
          : 'only where the settings ask for it',
      )
    return words
  }
  if (!always) words.push('only where the settings ask for it')
  words.push(port.many === true ? 'takes several links' : 'takes one link')
  if (port.accepts?.upsert === true) words.push('takes rows that replace earlier ones')
  if (port.accepts?.deadLetter === true) words.push('takes what was set aside')
  return words
}

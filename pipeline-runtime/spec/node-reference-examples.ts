import { isJsonObject } from './json.ts'
import { cell } from './markdown-cell.ts'
import type { ExampleInput, NodeExample, NodeKind } from './node-kind.ts'
import { inlineJson, writeJson } from './write-document.ts'

// The examples of a reference page, in Markdown. What comes out is what came out: the operator was run with what goes in.

export type OutcomeRow = Readonly<Record<string, unknown>>

export interface ExampleOutcome {
  /** By out port; `sink` for what a sink writes, `table` for what it shows. */
  readonly outputs: Readonly<Record<string, readonly OutcomeRow[]>>
  /** Rows that ended in the node, as a filter's do. */
  readonly removed: readonly OutcomeRow[]
}

/** With more columns than this a table is wider than a page. */
const WIDEST_TABLE = 7

export function examplesPart(kind: NodeKind, outcomes: readonly ExampleOutcome[]): string[] {
  return kind.examples.flatMap((example, i) => {
    const outcome = outcomes[i]
    if (outcome === undefined) throw new Error(`The example "${example.title}" of ${kind.kind} was not run.`)
    return ['', ...examplePart(kind, example, outcome)]
  })
}

function examplePart(kind: NodeKind, { title, config, given }: NodeExample<unknown>, { outputs, removed }: ExampleOutcome): string[] {
  const ofFile = kind.binding?.(kind.config.parse(config)).type === 'file'
  const lines = [`### ${title}`, '', ...block('json', writeJson({ kind: kind.kind, config }))]
  for (const [port, inputs] of Object.entries(given)) for (const input of [inputs].flat()) lines.push('', ...inputPart(port, input, ofFile))
  for (const [port, rows] of Object.entries(outputs)) lines.push('', ...outputPart(port, rows, ofFile))
  if (removed.length > 0) lines.push('', 'Removed:', '', ...table(removed))
  return lines
}

function inputPart(port: string, input: ExampleInput, ofFile: boolean): string[] {
  if ('records' in input) {
    if (ofFile) return ['The file:', '', ...fileLines(input.records.map(({ value }) => value))]
    const rows = input.records.map(({ key = null, value, timestamp = 0 }) => ({
      key: new Code(key),
      value: new Code(value),
      $timestamp: timestamp,
    }))
    return ['The topic:', '', ...table(rows)]
  }
  const columns = Object.entries(input.columns).map(([name, type]) => `\`${name}\` ${type}`)
  return [`Into \`${port}\`, with ${columns.join(', ')}:`, '', ...table(input.rows)]
}

function outputPart(port: string, rows: readonly OutcomeRow[], ofFile: boolean): string[] {
  const where = port === 'sink' ? 'Written' : port === 'table' ? 'Shown' : `Out of \`${port}\``
  if (rows.length === 0) return [`${where}: nothing.`]
  if (port !== 'sink') return [`${where}:`, '', ...table(rows)]
  if (ofFile) return [`${where}:`, '', ...fileLines(rows.map(({ value }) => String(value)))]
  return [`${where}:`, '', ...table(rows.map(({ key, value }) => ({ key: new Code(key), value: new Code(value) })))]
}

/** What stands in the table as code. */
class Code {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

/** What belongs to a row beside its columns: as a column of its own, in other letters. */
const BESIDE: Readonly<Record<string, { readonly heading: string; cell(value: unknown): string }>> = {
  $timestamp: { heading: '*time*', cell: (value) => time(Number(value)) },
  $watermark: { heading: '*complete up to*', cell: (value) => (value === undefined ? '' : time(Number(value))) },
  $kind: { heading: '*kind*', cell: (value) => (value === 'UPSERT' ? 'replaces' : value === 'DELETE' ? 'deletes' : 'new') },
}

function table(rows: readonly OutcomeRow[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = [...names.filter((name) => !Object.hasOwn(BESIDE, name)), ...names.filter((name) => Object.hasOwn(BESIDE, name))]
  if (columns.length > WIDEST_TABLE) return block('json', rows.map((row) => writeJson(withoutNulls(row)).trimEnd()).join('\n'))
  const body = rows.map((row) => `| ${columns.map((name) => BESIDE[name]?.cell(row[name]) ?? valueCell(row[name])).join(' | ')} |`)
  return [
    `| ${columns.map((name) => BESIDE[name]?.heading ?? cell(name)).join(' | ')} |`,
    `|${columns.map(() => '---|').join('')}`,
    ...body,
  ]
}

function valueCell(value: unknown): string {
  if (value instanceof Code) return value.value === null ? '*NULL*' : `\`${cell(String(value.value))}\``
  if (value === null || value === undefined) return '*NULL*'
  if (typeof value === 'string') return value === '' ? '*empty*' : cell(value.replaceAll(/[*_`<[\\]/g, '\\$&'))
  return typeof value === 'object' ? `\`${cell(inlineJson(value))}\`` : String(value)
}

function withoutNulls(row: OutcomeRow): OutcomeRow {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([name, value]) => value !== null && !name.startsWith('$') && !(isJsonObject(value) && Object.keys(value).length === 0),
    ),
  )
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z')
}

function fileLines(lines: readonly string[]): string[] {
  return block(lines.every((line) => line.startsWith('{')) ? 'json' : 'text', lines.join('\n'))
}

function block(language: string, content: string): string[] {
  return [`\`\`\`${language}`, content.trimEnd(), '```']
}

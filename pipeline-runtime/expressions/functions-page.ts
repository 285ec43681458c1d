import { usageOf } from './analyze-calls.ts'
import type { TableEntry, Topic } from './function-entry.ts'
import { functionTable } from './function-table.ts'

const TOPICS: readonly Topic[] = ['Comparison and logic', 'Conversion', 'Numbers', 'Text', 'Dates and times', 'Lists, maps and JSON']

/** The reference page of operators and functions (docs/reference/functions.md), from the table. */
export function functionsPage(): string {
  const lines = [
    '# Operators and functions',
    '',
    '<!-- Generated from pipeline-runtime/expressions/function-table.ts. Do not edit. -->',
    '',
    'What types there are and what happens in the corners stands in [expressions.md](expressions.md). Unless said otherwise the',
    'result is NULL where an argument is NULL. The examples run as tests, in the time zone UTC.',
  ]
  for (const topic of TOPICS) {
    lines.push('', `## ${topic}`)
    for (const entry of functionTable) if (entry.topic === topic) lines.push('', ...section(entry))
  }
  return `${lines.join('\n')}\n`
}

function section(entry: TableEntry): string[] {
  const usage = entry.kind === 'function' ? usageOf(entry) : (entry.usage ?? entry.name)
  const lines = [`### ${entry.name === '||' ? '\\|\\|' : entry.name}`, '', `\`${usage}\``, '', entry.doc]
  if (entry.kind === 'function' && entry.keywords !== undefined) lines.push('', `Words: ${entry.keywords.words.join(', ')}.`)
  if (entry.flink !== undefined) lines.push('', `In Flink: ${entry.flink}`)
  lines.push('', '```sql', ...entry.examples.map((example) => `${example.text} -- ${example.value}`), '```')
  return lines
}

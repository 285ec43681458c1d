import { CsvFields } from './csv/fields.ts'
import { csvFormat } from './csv/format.ts'
import type { InferredColumn } from './format.ts'
import type { FormatConfig } from './formats.ts'
import { TIME_NAME } from './guess.ts'

const DELIMITERS = [',', ';', '\t'] as const
const LOOKED_AT = 100

/** The format that records most likely have; undefined where they are no text. Only files (`mayHaveHeader`) begin with a line of names. */
export function guessFormat(records: readonly Uint8Array[], mayHaveHeader: boolean): FormatConfig | undefined {
  const looked = records.slice(0, LOOKED_AT).filter((bytes) => bytes.length > 0)
  if (looked.some((bytes) => bytes.includes(0))) return undefined
  const objects = looked.filter((bytes) => firstCharacter(bytes) === '{').length
  if (looked.length === 0 || objects * 2 > looked.length) return { type: 'json' }
  const delimiter = guessDelimiter(looked)
  return { type: 'csv', delimiter, header: mayHaveHeader && looksLikeNames(looked[0], delimiter), null: '' }
}

/** The column that most likely says when a row happened: a time whose name speaks of it, else the first one. */
export function guessEventTime(columns: readonly InferredColumn[]): string | undefined {
  const times = columns.filter(({ type }) => type.name === 'TIMESTAMP_LTZ')
  return (times.find(({ name }) => TIME_NAME.test(name)) ?? times[0])?.name
}

/** The one that cuts most records into the same number of fields, and into the most of them. */
function guessDelimiter(records: readonly Uint8Array[]): (typeof DELIMITERS)[number] {
  const fields = new CsvFields()
  let best: { readonly delimiter: (typeof DELIMITERS)[number]; readonly score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = new Map<number, number>()
    for (const bytes of records) {
      if (fields.split(bytes, 0, bytes.length, delimiter.charCodeAt(0)) !== undefined) continue
      counts.set(fields.count, (counts.get(fields.count) ?? 0) + 1)
    }
    for (const [count, same] of counts) {
      const score = count < 2 ? 0 : same * 1000 + count
      if (score > best.score) best = { delimiter, score }
    }
  }
  return best.delimiter
}

/** A line whose fields are all texts, none empty and none twice. */
function looksLikeNames(first: Uint8Array | undefined, delimiter: string): boolean {
  if (first === undefined) return false
  const columns = csvFormat.infer([first], { type: 'csv', delimiter, header: false, null: '' })
  if (!columns.every(({ type, note }) => type.name === 'STRING' && note === undefined)) return false
  const fields = new CsvFields()
  if (fields.split(first, 0, first.length, delimiter.charCodeAt(0)) !== undefined) return false
  const names = new Set<string>()
  const text = new TextDecoder()
  for (let i = 0; i < fields.count; i++) names.add(text.decode(first.subarray(fields.starts[i], fields.ends[i])).trim())
  return names.size === fields.count && !names.has('')
}

function firstCharacter(bytes: Uint8Array): string {
  for (const byte of bytes) if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return String.fromCharCode(byte)
  return ''
}

import { z } from 'zod'
import { csvFormat } from './csv/format.ts'
import type { Format } from './format.ts'
import { jsonFormat } from './json/format.ts'

export const formats = [jsonFormat, csvFormat] as const

/** The `format` field of a source or sink: `{ "type": "json" }`, `{ "type": "csv", "delimiter": ";" }`. */
export const formatConfig = z
  .discriminatedUnion('type', [jsonFormat.options, csvFormat.options])
  .meta({ title: 'Format', description: 'How rows are written as bytes.' })

export type FormatConfig = z.output<typeof formatConfig>

/**
 * The format of a name. Its options are those that its own schema, or `formatConfig`, has parsed: the type of a format found by
 * name cannot say more, hence the widened one.
 */
export function formatNamed(name: string): Format | undefined {
  const found: unknown = formats.find((format) => format.name === name)
  return found as Format | undefined // each of the list is one; only the type of its options is forgotten
}

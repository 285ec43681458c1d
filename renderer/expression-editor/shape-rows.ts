import { createColumnWriter } from '../../pipeline-runtime/data/column.ts'
import type { Value } from '../../pipeline-runtime/data/value.ts'
import type { SourceColumn } from '../../pipeline-runtime/formats/format.ts'
import { formatNamed } from '../../pipeline-runtime/formats/formats.ts'
import { openShape, sampleConfig } from '../../pipeline-runtime/samples/sample-config.ts'
import type { FormatConfig } from '../../pipeline-runtime/spec/node-kind.ts'

/** Values by column name, `$key` and `$timestamp` among them. */
export type SampleRow = ReadonlyMap<string, Value>

/** The first rows that a built-in shape makes, decoded as the source would. None where sample or format are not right (yet). */
export function shapeRows(sample: unknown, columns: readonly SourceColumn[], format: FormatConfig, limit: number): readonly SampleRow[] {
  const parsed = sampleConfig.safeParse(sample)
  const known = formatNamed(format.type)
  const options = known?.options.safeParse(format)
  if (!parsed.success || !('shape' in parsed.data) || known === undefined || options?.success !== true) return []
  const decoder = known.decoder(columns, options.data)
  const writers = columns.map(({ type }) => createColumnWriter(type, limit))
  const found: { readonly key: string; readonly timestamp: number }[] = []
  let seen = 0
  for (const { key, timestampMs, value } of openShape(parsed.data, { bounded: false }).records) {
    // Unreadable ones are no rows; a share of them must not make this endless.
    if (seen++ > limit * 10) break
    if (decoder.decode(value, 0, value.length, writers) === undefined) found.push({ key, timestamp: timestampMs })
    if (found.length >= limit) break
  }
  const read = writers.map((writer) => writer.finish())
  return found.map(({ key, timestamp }, row) => {
    const values = columns.map(({ name }, i) => [name, read[i]?.value(row) ?? null] as const)
    return new Map<string, Value>([['$key', key], ['$timestamp', timestamp], ...values])
  })
}

import type { Field } from '../../data/types.ts'
import type { Encoder } from '../../formats/format.ts'
import { type FormatConfig, formatNamed } from '../../formats/formats.ts'

/** The encoder of a sink for the columns that come in. */
export function encoderOf(config: FormatConfig, columns: readonly Field[]): Encoder {
  const format = formatNamed(config.type)
  if (format === undefined) throw new Error(`There is no format ${config.type}.`)
  return format.encoder(columns, config)
}

import type { Format } from '../format.ts'
import { CsvDecoder } from './decode.ts'
import { CsvEncoder } from './encode.ts'
import { csvFramer } from './frame.ts'
import { inferCsv } from './infer.ts'
import { csvOptions } from './options.ts'

export const csvFormat: Format<'csv', typeof csvOptions> = {
  name: 'csv',
  title: 'CSV',
  description:
    'Rows of fields with a comma or another character between them (RFC 4180); fields with line breaks or delimiters stand in double quotes.',
  options: csvOptions,
  framer: (options) => csvFramer(options.delimiter.charCodeAt(0)),
  decoder: (columns, options) => new CsvDecoder(columns, options),
  encoder: (columns, options) => new CsvEncoder(columns, options),
  infer: inferCsv,
}

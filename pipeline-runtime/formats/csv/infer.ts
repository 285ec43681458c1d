import type { InferredColumn } from '../format.ts'
import { TypeGuess } from '../guess.ts'
import { JsonScanner } from '../json/scan.ts'
import { JsonValues } from '../json/values.ts'
import { headerNames } from './decode.ts'
import { CsvFields } from './fields.ts'
import type { CsvOptions } from './options.ts'

/** Columns of the records; with a header the first record names them, else they are column_1, column_2, … */
export function inferCsv(records: readonly Uint8Array[], options: CsvOptions): readonly InferredColumn[] {
  const fields = new CsvFields()
  const values = new JsonValues(new JsonScanner())
  const delimiter = options.delimiter.charCodeAt(0)
  const guesses: TypeGuess[] = []
  let names: readonly string[] | undefined
  for (const bytes of records) {
    if (bytes.length === 0 || fields.split(bytes, 0, bytes.length, delimiter) !== undefined) continue
    if (options.header && names === undefined) {
      names = headerNames(fields, bytes, values)
      for (const _ of names) guesses.push(new TypeGuess())
      continue
    }
    if (names !== undefined && fields.count !== names.length) continue
    for (let f = 0; f < fields.count; f++) {
      const start = fields.starts[f] as number
      const end = fields.ends[f] as number
      let guess = guesses[f]
      if (guess === undefined) {
        guess = new TypeGuess()
        guesses.push(guess)
      }
      const isNull = fields.quotes[f] === 0 && values.text.shown(bytes, start, end) === options.null
      if (!isNull) guess.untyped(bytes, start, end)
    }
  }
  return guesses.map((guess, i) => guess.column(names?.[i] || `column_${i + 1}`))
}

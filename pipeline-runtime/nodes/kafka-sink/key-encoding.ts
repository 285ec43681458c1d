import { type Batch, withColumns } from '../../data/batch.ts'
import type { Field } from '../../data/types.ts'
import { JsonEncoder, jsonText } from '../../formats/json/encode.ts'

/** Gives the bytes of each row's key. */
type KeyOf = (batch: Batch) => (row: number) => Uint8Array | null

/**
 * One column: a text as it is, another value as JSON, no value as no key. Several: a JSON object of them in the order given,
 * so that equal keys are equal bytes.
 */
export function keyEncoder(names: readonly string[], columns: readonly Field[]): KeyOf {
  const [first, ...others] = names
  if (first === undefined) return () => () => null
  return others.length === 0 ? singleKey(first) : compositeKey(names, columns)
}

function singleKey(name: string): KeyOf {
  const text = new TextEncoder()
  return (batch) => {
    const column = batch.column(name)
    return (row) => {
      const value = column.value(row)
      if (value === null) return null
      return text.encode(typeof value === 'string' ? value : jsonText(column.type, value))
    }
  }
}

function compositeKey(names: readonly string[], columns: readonly Field[]): KeyOf {
  const fields = names.flatMap((name) => columns.filter((column) => column.name === name))
  const encoder = new JsonEncoder(fields)
  return (batch) => {
    const keys = withColumns(
      batch,
      fields,
      fields.map(({ name }) => batch.column(name)),
    )
    return (row) => encoder.encode(keys, row)
  }
}

import { batchContract, CONTRACT_FIELDS, CONTRACT_ROWS } from './batch.contract.ts'
import { createBatch, selectRows } from './batch.ts'
import { columnOf, createColumnWriter } from './column.ts'
import { map, STRING } from './types.ts'

const times = (from: number, count: number) => Float64Array.from({ length: count }, (_, i) => from + i)

function columnBatch(rows: typeof CONTRACT_ROWS, from: number) {
  const writers = CONTRACT_FIELDS.map((field) => createColumnWriter(field.type, 1))
  for (const row of rows) writers.forEach((writer, i) => writer.append(row[i] ?? null))
  const count = rows.length
  return createBatch({
    length: count,
    fields: CONTRACT_FIELDS,
    columns: writers.map((writer) => writer.finish()),
    eventTimes: times(100 + from, count),
    watermarks: times(90 + from, count),
    parts: {
      topic: 't',
      partition: 3,
      offsets: times(10 + from, count),
      timestamps: times(100 + from, count),
      key: columnOf(
        STRING,
        rows.map(() => null),
      ),
      headers: columnOf(
        map(STRING),
        rows.map(() => null),
      ),
    },
  })
}

batchContract('columns', () => columnBatch(CONTRACT_ROWS, 0))

batchContract('a selection of columns', () => {
  const filler = CONTRACT_ROWS[0] ?? []
  const batch = columnBatch([filler, ...CONTRACT_ROWS, filler], -1)
  return selectRows(batch, Int32Array.of(1, 2, 3, 4), 4)
})

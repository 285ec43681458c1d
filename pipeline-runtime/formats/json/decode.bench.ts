// After `npx tsc -b build/config/tsconfig.pure.json`: node dist/pipeline-runtime/formats/json/decode.bench.js
import { createColumnWriter } from '../../data/column.ts'
import { BIGINT, DOUBLE, STRING, TIMESTAMP } from '../../data/types.ts'
import type { SourceColumn } from '../format.ts'
import { JsonDecoder } from './decode.ts'

declare const performance: { now(): number }
declare const console: { log(text: string): void }

const columns: readonly SourceColumn[] = [
  { name: 'country', type: STRING },
  { name: 'amount', type: DOUBLE },
  { name: 'status', type: STRING },
  { name: 'user', type: BIGINT },
  { name: 'at', type: TIMESTAMP, unit: 'ms' },
]
const COUNT = 1000
const countries = ['DE', 'NL', 'FR', 'AT', 'PL']
const records = Array.from({ length: COUNT }, (_, i) =>
  new TextEncoder().encode(
    JSON.stringify({
      country: countries[i % 5],
      amount: ((i * 7919) % 100_000) / 100,
      status: i % 4 === 0 ? 'declined' : 'paid',
      device: 'phone',
      note: 'nobody reads this field, it is only here',
      user: 4_000_000_000 + i,
      at: 1_767_225_600_000 + i * 25,
    }),
  ),
)
const decoder = new JsonDecoder(columns)
const writers = columns.map((column) => createColumnWriter(column.type, COUNT))
let best = Number.POSITIVE_INFINITY
for (let round = 0; round < 400; round++) {
  const started = performance.now()
  for (const record of records) decoder.decode(record, 0, record.length, writers)
  best = Math.min(best, performance.now() - started)
  for (const writer of writers) writer.finish()
}
const size = Math.round(records.reduce((sum, record) => sum + record.length, 0) / COUNT)
console.log(`JSON decode: ${Math.round((best * 1e6) / COUNT)} ns per record of ${size} bytes, ${columns.length} columns`)

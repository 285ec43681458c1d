import { type Field, parseType } from '../../pipeline-runtime/data/types.ts'
import type { OperatorFactory } from '../../pipeline-runtime/engine/operator.ts'
import { batchOf, type OutRow, testValue } from '../../pipeline-runtime/engine/test-rows.ts'
import { encodeRowJson } from '../../pipeline-runtime/formats/json/encode.ts'
import { operators } from '../../pipeline-runtime/nodes/operators.ts'
import { TableSink } from '../../pipeline-runtime/nodes/table-sink/operator.ts'
import { type EdgeSchema, rowsSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import type { ExampleInput, ExampleRows, NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'
import type { ExampleOutcome, OutcomeRow } from '../../pipeline-runtime/spec/node-reference-examples.ts'
import { createHarness, type Harness } from './operator-harness.ts'

/** Runs the operator of a kind on the rows of an example: rows per out port, `sink` for what is written, `table` for what is shown. */
export function runNodeExample(kind: NodeKind, config: unknown, given: ExampleRows): ExampleOutcome {
  let table: TableSink | undefined
  // Each factory takes the config of its own kind, which is the one at hand.
  const factory = operators[kind.kind as keyof typeof operators] as OperatorFactory
  const watched: OperatorFactory = {
    create(parsed, context) {
      const operator = factory.create(parsed, context)
      if (operator instanceof TableSink) table = operator
      return operator
    },
  }
  const parsed = kind.config.parse(config)
  const inputs = Object.values(exampleSchemas(kind, parsed, given)).flat()
  const harness = createHarness(kind, watched, config, { inputs })
  feed(harness, given)
  const derived = kind.derive(parsed, exampleSchemas(kind, parsed, given), { timeZone: 'UTC', issue() {} })
  const outputs: Record<string, OutcomeRow[]> = {}
  for (const [port, schema] of Object.entries(derived)) outputs[port] = harness.takeRows(port).map((row) => plainRow(schema.columns, row))
  const writes = harness.takeWrites().map(({ key, value }) => ({ key: text(key), value: text(value) }))
  if (writes.length > 0) outputs.sink = writes
  const fields = inputs[0]?.columns ?? []
  const shown = table?.rows() ?? []
  const asRow = (values: readonly (OutRow[string] | undefined)[]): OutRow =>
    Object.fromEntries(fields.map(({ name }, i) => [name, values[i] ?? null]))
  if (table !== undefined) outputs.table = Array.from(shown, (values) => plainRow(fields, asRow(values)))
  return { outputs, removed: harness.takeRemoved().map((row) => plainRow(fields, row)) }
}

/** What the in ports of an example get. */
export function exampleSchemas(kind: NodeKind, config: unknown, given: ExampleRows): Record<string, EdgeSchema[]> {
  return Object.fromEntries(kind.ports(config).in.map((port) => [port.name, [given[port.name] ?? []].flat().flatMap(schemaOf)]))
}

function schemaOf(input: ExampleInput): EdgeSchema[] {
  return 'columns' in input ? [rowsSchema(fieldsFrom(input.columns), true)] : []
}

function fieldsFrom(columns: Readonly<Record<string, string>>): Field[] {
  return Object.entries(columns).map(([name, typeText]) => {
    const type = parseType(typeText)
    if (type === undefined) throw new Error(`${typeText} is no type.`)
    return { name, type }
  })
}

function feed(harness: Harness, given: ExampleRows): void {
  let input = 0
  for (const part of Object.values(given).flat()) {
    if ('records' in part) harness.records(part.records)
    else harness.rows(input++, part.rows)
  }
  harness.end()
}

/** A row as an example writes it: what JSON makes of it, integers that JSON numbers cannot hold as text. */
function plainRow(fields: readonly Field[], row: OutRow): OutcomeRow {
  const batch = batchOf(fields, [Object.fromEntries(fields.map(({ name, type }) => [name, testValue(type, row[name])]))])
  const plain: Record<string, unknown> = JSON.parse(encodeRowJson(batch, 0))
  for (const { name } of fields) if (typeof row[name] === 'bigint') plain[name] = String(row[name])
  return {
    ...plain,
    ...(row.$timestamp === undefined ? {} : { $timestamp: row.$timestamp }),
    ...(row.$kind === undefined ? {} : { $kind: row.$kind }),
  }
}

function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

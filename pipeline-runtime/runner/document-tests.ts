import type { DataType, Field } from '../data/types.ts'
import { EngineFailure } from '../engine/engine-failure.ts'
import type { OperatorFactory } from '../engine/operator.ts'
import { type DriveStep, driveSpec } from '../engine/test-driver.ts'
import { type OutRow, testValue } from '../engine/test-rows.ts'
import type { Document, TestStep } from '../spec/document.ts'
import type { NodeKind } from '../spec/node-kind.ts'
import type { Spec, SpecNode } from '../spec/spec.ts'
import { fieldsOf, schemaInto } from '../spec/spec-fields.ts'
import { compareRows, type Row, type RowDifference } from './compare-rows.ts'

type DocumentTest = Document['tests'][number]
type GivenRow = Readonly<Record<string, unknown>>

export interface TestOutcome {
  readonly name: string
  /** By sink: how what it got differs from what the test expects; empty where the test passed. */
  readonly differences: readonly { readonly nodeId: string; readonly difference: RowDifference }[]
  /** Why the test could not run to its end: a run that failed, or a test that names what is not there. */
  readonly failure?: string
}

/** Runs a document's own tests on the real engine, with a mock clock and without any connection. */
export function runDocumentTests(
  spec: Spec,
  tests: readonly DocumentTest[],
  code: { readonly kinds: readonly NodeKind[]; readonly operators: Readonly<Record<string, OperatorFactory>> },
): TestOutcome[] {
  const kinds = Object.fromEntries(code.kinds.map((kind) => [kind.kind, kind]))
  return tests.map((test) => {
    const unknown = [...Object.keys(test.given), ...Object.keys(test.expect)].find((id) => !spec.nodes.some((node) => node.id === id))
    if (unknown !== undefined) return { name: test.name, differences: [], failure: `The test names ${unknown}, but there is no such node.` }
    try {
      const steps = spec.drawing.order.flatMap((id) => (test.given[id] ?? []).flatMap((row) => stepsOf(nodeOf(spec, id), row)))
      const { sinks } = driveSpec({ spec, kinds, operators: code.operators, steps, finalWatermark: test.finalWatermark })
      const differences = Object.entries(test.expect).flatMap(([nodeId, expected]) => {
        const schema = schemaInto(spec, nodeId)
        const fields = schema === undefined ? [] : fieldsOf(schema)
        const surplus = expected.flatMap((row) => Object.keys(row)).find((name) => !fields.some((field) => field.name === name))
        if (surplus !== undefined)
          throw new TestFault(`The test expects a column ${surplus} of ${nodeId}, which has ${fields.map((f) => f.name).join(', ')}.`)
        const found = compareRows(fields, toRows(fields, expected), toRows(fields, sinks[nodeId] ?? []), test.ordered)
        return found.map((difference) => ({ nodeId, difference }))
      })
      return { name: test.name, differences }
    } catch (error) {
      if (error instanceof EngineFailure) return { name: test.name, differences: [], failure: `${error.nodeId}: ${error.message}` }
      if (error instanceof TestFault) return { name: test.name, differences: [], failure: error.message }
      throw error
    }
  })
}

/** A test that cannot be run as it is written. */
class TestFault extends Error {}

/** Rows of a JSON source go in as records, so that what cannot be decoded behaves as it would; others as decoded rows. */
function stepsOf(node: SpecNode, row: GivenRow): DriveStep[] {
  const step = asStep(row)
  if (step !== undefined) {
    if ('advanceClockMs' in step) return [{ type: 'advance-clock', byMs: step.advanceClockMs }]
    const watermark = typeof step.watermark === 'number' ? step.watermark : Date.parse(step.watermark)
    if (Number.isNaN(watermark)) throw new TestFault(`The watermark ${step.watermark} is not a time.`)
    return [{ type: 'watermark', source: node.id, watermark }]
  }
  const config = node.config as { readonly format?: { readonly type?: string } } // Of a source, checked by the compiler.
  if (config.format?.type !== 'json') return [{ type: 'rows', source: node.id, rows: [row] }]
  const { $timestamp, $key, $partition, ...columns } = row
  const timestamp = typeof $timestamp === 'number' ? $timestamp : typeof $timestamp === 'string' ? Date.parse($timestamp) : 0
  const record = { value: JSON.stringify(columns), timestamp, key: typeof $key === 'string' ? $key : null }
  return [{ type: 'records', source: node.id, partition: typeof $partition === 'number' ? $partition : 0, records: [record] }]
}

/** An object with just the field of a step is one. */
function asStep(row: GivenRow): TestStep | undefined {
  if (Object.keys(row).length !== 1) return undefined
  if (typeof row.advanceClockMs === 'number') return { advanceClockMs: row.advanceClockMs }
  return typeof row.watermark === 'number' || typeof row.watermark === 'string' ? { watermark: row.watermark } : undefined
}

function nodeOf(spec: Spec, id: string): SpecNode {
  const node = spec.nodes.find((candidate) => candidate.id === id)
  if (node === undefined) throw new TestFault(`There is no node ${id}.`)
  return node
}

function toRows(fields: readonly Field[], rows: readonly (GivenRow | OutRow)[]): Row[] {
  return rows.map((row) => fields.map(({ name, type }) => valueIn(type, name, row)))
}

function valueIn(type: DataType, name: string, row: GivenRow | OutRow) {
  try {
    return testValue(type, row[name])
  } catch (error) {
    throw new TestFault(`Column ${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard'
import { expect, test } from 'vitest'
import type { WireRow } from './cells.ts'
import type { NodeFigures } from './run-state.ts'
import { asFigureList, asRowList, wireForms } from './wire-forms.ts'

const serializer = new StandardRPCSerializer(new StandardRPCJsonSerializer({ customJsonSerializers: wireForms }))
const crossed = (data: unknown): { readonly text: string; readonly data: unknown } => {
  const text = JSON.stringify(serializer.serialize(data))
  return { text, data: serializer.deserialize(JSON.parse(text)) }
}

const counts = { in: 7, out: 5, removed: 2, late: 1, errors: 3, setAside: 4, skipped: 6 }

test('figures of all kinds of steps cross unchanged, as one text', () => {
  const nodes: NodeFigures[] = [
    { nodeId: 'source', ...counts, written: 0, edgesIn: [], ports: { out: 5 }, completeToMs: 1_764_000_000_000, idle: true, stateKeys: 0 },
    { nodeId: 'join', ...counts, written: 0, edgesIn: [3, 4], ports: { out: 5, late: 1 }, completeToMs: null, idle: false, stateKeys: 9 },
    { nodeId: 'sink', ...counts, written: 8, edgesIn: [5], ports: {}, completeToMs: 'end', idle: false, stateKeys: 0, waitShare: 0.25 },
    {
      nodeId: 'topic',
      ...counts,
      written: 0,
      edgesIn: [],
      ports: { out: 2 ** 53 - 1 },
      completeToMs: -1,
      idle: false,
      stateKeys: 0,
      behind: 0,
    },
  ]
  const { text, data } = crossed({ figures: { nodes: asFigureList(nodes), logs: 1 }, more: undefined })
  expect(data).toEqual({ figures: { nodes, logs: 1 } })
  expect(text).not.toContain('"removed"')
  expect(crossed({ nodes: asFigureList([]) }).data).toEqual({ nodes: [] })
})

test('rows cross unchanged: quotes, line ends, NULL, with and without an origin', () => {
  const rows: WireRow[] = [
    { seq: 0, cells: ['a "b"\n\u2028', null, ''], eventTimeMs: 5, kind: 'insert', origin: { topic: 't', partition: 0, offset: 2 ** 40 } },
    { seq: 1, cells: ['NaN', '9007199254740993', '😀'], eventTimeMs: -5, kind: 'delete' },
  ]
  expect(crossed({ rows: asRowList(rows), total: 2 }).data).toEqual({ rows, total: 2 })
})

test('lists that nobody marked cross as ever', () => {
  expect(crossed([{ a: [1, undefined, Number.NaN] }]).data).toEqual([{ a: [1, undefined, Number.NaN] }])
})

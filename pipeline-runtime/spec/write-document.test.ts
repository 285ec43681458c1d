import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, hashJson } from './canonical-json.ts'
import { canonicalValue } from './canonical-value.ts'
import { documentSchema } from './document.ts'
import { anyDocument } from './random-documents.contract.ts'
import { readDocument } from './read-document.ts'
import { testKinds as kinds, read } from './test-kinds.contract.ts'
import { writeDocument, writeJson } from './write-document.ts'

const canonical = `{
  "format": 1,
  "kinds": { "keep": 1, "read": 1, "write": 1 },
  "name": "Purchases",
  "start": { "type": "earliest" },
  "nodes": [
    {
      "id": "purchases",
      "kind": "read",
      "config": {
        "topic": "purchases",
        "columns": [{ "name": "country", "type": "STRING" }, { "name": "amount", "type": "DECIMAL(10, 2)" }],
        "onError": "skip"
      }
    },
    { "id": "paid", "kind": "keep", "title": "Only paid", "config": { "column": "amount" } },
    { "id": "result", "kind": "write", "config": { "topic": "result" } }
  ],
  "edges": [
    { "from": "purchases.out", "to": "paid.in" },
    { "from": "paid.out", "to": "result.in" }
  ],
  "tests": [
    {
      "name": "only paid purchases",
      "given": {
        "purchases": [
          { "country": "DE", "amount": "10.50" },
          { "watermark": "2026-01-01T00:00:00Z" },
          { "$timestamp": 1767225600000, "country": "FR", "amount": null }
        ]
      },
      "expect": { "result": [{ "country": "DE", "amount": "10.50" }] }
    }
  ],
  "layout": {
    "purchases": { "x": 0, "y": 0 }
  }
}
`

test('writing a canonical document changes no byte', () => {
  const { document } = readDocument(canonical, { kinds })
  expect(document === undefined ? undefined : writeDocument(document, { kinds })).toBe(canonical)
})

test('defaults are left out, fields put in order, and only kinds in use named', () => {
  const document = documentSchema.parse({
    layout: { b: { y: 1, x: 2 }, a: { x: 1, y: 1 } },
    edges: [],
    nodes: [
      {
        config: {
          from: { delimiter: ',', type: 'csv' },
          delayMs: 0,
          columns: [{ type: 'STRING', name: 'x' }],
          onError: 'fail',
          topic: 't',
        },
        kind: 'read',
        id: 'a',
      },
      { config: { invert: false, extra: 1, column: 'x' }, kind: 'keep', id: 'b' },
      { config: {}, kind: 'join', id: 'c' },
    ],
    tests: [{ name: 't', given: {}, expect: {}, ordered: false, finalWatermark: false }],
    notes: [],
    timeZone: 'UTC',
    guarantee: 'at-least-once',
    name: 'n',
    kinds: { write: 1 },
    format: 1,
    stop: { type: 'never' },
  })
  expect(writeDocument(document, { kinds })).toBe(`{
  "format": 1,
  "kinds": { "join": 1, "keep": 1, "read": 1 },
  "name": "n",
  "nodes": [
    {
      "id": "a",
      "kind": "read",
      "config": { "topic": "t", "columns": [{ "name": "x", "type": "STRING" }], "from": { "type": "csv" } }
    },
    { "id": "b", "kind": "keep", "config": { "column": "x", "extra": 1 } },
    { "id": "c", "kind": "join" }
  ],
  "edges": [],
  "tests": [
    { "name": "t", "given": {}, "expect": {}, "finalWatermark": false }
  ],
  "layout": {
    "a": { "x": 1, "y": 1 },
    "b": { "x": 2, "y": 1 }
  }
}
`)
})

test('a value that its schema does not take is kept as it is', () => {
  const odd = { columns: 'no list', topic: 5, from: { type: 'xml', z: 1, a: 2 } }
  expect(JSON.stringify(canonicalValue(read.config, odd))).toBe('{"topic":5,"columns":"no list","from":{"type":"xml","z":1,"a":2}}')
})

test('no line is longer than 120 columns unless a single value is', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      for (const line of writeDocument(document, { kinds }).split('\n')) expect(line.length).toBeLessThanOrEqual(120)
    }),
    { numRuns: 50 },
  )
})

test('a DOUBLE beyond 2^53 can be read again', () => {
  expect(writeJson({ a: [9007199254740992, 1e20, 1e300, 9007199254740991] })).toBe(
    '{\n  "a": [9.007199254740992e+15, 1e+20, 1e+300, 9007199254740991]\n}\n',
  )
})

test('what is written is the same JSON, and writing it again changes nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = writeJson(value)
      expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value))
      expect(writeJson(JSON.parse(text))).toBe(text)
    }),
  )
})

test('canonical JSON follows RFC 8785', () => {
  const sample = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  expect(canonicalJson(sample)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 })).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
  )
  expect(hashJson({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  expect(() => canonicalJson([Number.NaN])).toThrow()
})

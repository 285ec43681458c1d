import { describe, expect, test } from 'vitest'
import { applyFix } from '../spec/apply-fix.ts'
import { type DocumentInput, documentSchema } from '../spec/document.ts'
import type { Issue } from '../spec/issue.ts'
import { testKinds as kinds } from '../spec/test-kinds.contract.ts'
import { compile } from './compile.ts'

const columns = [
  { name: 'country', type: 'STRING' },
  { name: 'amount', type: 'DECIMAL(10,2)' },
]

function base(): DocumentInput {
  return {
    format: 1,
    kinds: { count: 1, keep: 1, read: 1, write: 1 },
    name: 'Purchases',
    nodes: [
      { id: 'result', kind: 'write', config: { topic: 'result' } },
      { id: 'purchases', kind: 'read', config: { topic: 'purchases', columns, onError: 'dead-letter' } },
      { id: 'some', kind: 'keep', title: 'Only some', config: { column: 'amount' } },
      { id: 'counted', kind: 'count', config: { by: ['country'] } },
    ],
    edges: [
      { from: 'purchases.out', to: 'some.in' },
      { from: 'some.out', to: 'counted.in' },
      { from: 'counted.out', to: 'result.in' },
      { from: 'purchases.dead-letter', to: 'result.in' },
    ],
  }
}

function changed(change: (document: DocumentInput) => void): DocumentInput {
  const document = structuredClone(base())
  change(document)
  return document
}

function issuesOf(document: DocumentInput): readonly Issue[] {
  return compile(documentSchema.parse(document), { kinds }).issues
}

function codes(issues: readonly Issue[]): string[] {
  return issues.map(({ code, path }) => `${code} ${path}`)
}

describe('a document without mistakes', () => {
  const { spec, issues } = compile(documentSchema.parse(base()), { kinds })

  test('has no issues and a spec', () => {
    expect(issues).toEqual([])
    expect(spec?.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is put in order, with defaults, types, repartition points and stages', () => {
    expect(spec?.nodes.map(({ id, stage }) => [id, stage])).toEqual([
      ['purchases', 0],
      ['some', 0],
      ['counted', 1],
      ['result', 1],
    ])
    expect(spec?.nodes[0]?.config).toMatchObject({ delayMs: 0, from: { type: 'json' } })
    expect(spec?.nodes[1]?.outputs).toEqual({
      out: {
        columns: [
          { name: 'country', type: 'STRING' },
          { name: 'amount', type: 'DECIMAL(10, 2)' },
        ],
        recordParts: true,
        mode: { type: 'append' },
        role: 'rows',
      },
    })
    expect(spec?.edges[1]).toEqual({ from: { node: 'some', port: 'out' }, to: { node: 'counted', port: 'in' }, repartitionBy: ['country'] })
    expect(spec?.stages).toEqual([
      { id: 0, nodes: ['purchases', 'some'] },
      { id: 1, nodes: ['counted', 'result'] },
    ])
    expect(spec?.drawing).toMatchObject({
      name: 'Purchases',
      order: ['result', 'purchases', 'some', 'counted'],
      titles: { some: 'Only some' },
    })
  })

  test('moving a box, renaming and adding a test change no hash; a setting does', () => {
    const drawn = changed((document) => {
      document.layout = { some: { x: 5, y: 7 } }
      document.name = 'Other'
      document.tests = [{ name: 't', given: { purchases: [] }, expect: { result: [] } }]
    })
    const set = changed((document) => void (document.nodes[2] = { id: 'some', kind: 'keep', config: { column: 'country' } }))
    expect(compile(documentSchema.parse(drawn), { kinds }).spec?.hash).toBe(spec?.hash)
    expect(compile(documentSchema.parse(set), { kinds }).spec?.hash).not.toBe(spec?.hash)
  })
})

describe('every mistake is an issue', () => {
  const cases: readonly (readonly [string, (document: DocumentInput) => void, readonly string[]])[] = [
    ['a name twice', (d) => void d.nodes.push({ id: 'some', kind: 'write', config: { topic: 'x' } }), ['DUPLICATE_NODE_ID /nodes/4/id']],
    [
      'a bad name',
      (d) => void d.nodes.push({ id: 'Zwei Worte', kind: 'write', config: { topic: 'x' } }),
      ['BAD_ID /nodes/4/id', 'UNCONNECTED_INPUT /nodes/4'],
    ],
    ['an edge twice', (d) => void d.edges.push({ from: 'some.out', to: 'counted.in' }), ['DUPLICATE_EDGE /edges/4']],
    ['an edge to nowhere', (d) => void d.edges.push({ from: 'some.out', to: 'resut.in' }), ['UNKNOWN_NODE /edges/4/to']],
    ['an edge to no port', (d) => void d.edges.push({ from: 'some.ou', to: 'result.in' }), ['UNKNOWN_PORT /edges/4/from']],
    ['an edge without port', (d) => void d.edges.push({ from: 'some', to: 'result.in' }), ['BAD_PORT /edges/4/from']],
    ['two edges into one port', (d) => void d.edges.push({ from: 'purchases.out', to: 'counted.in' }), ['TOO_MANY_EDGES /edges/4']],
    ['an input without edge', (d) => void d.edges.splice(0, 1), ['UNCONNECTED_INPUT /nodes/2', 'ROWS_GO_NOWHERE /nodes/1']],
    ['dead letters that go nowhere', (d) => void d.edges.splice(3, 1), ['UNCONNECTED_OUTPUT /nodes/1']],
    ['rows that go nowhere', (d) => void d.edges.splice(2, 1), ['ROWS_GO_NOWHERE /nodes/3']],
    ['an unknown kind', (d) => void d.nodes.push({ id: 'x', kind: 'kep', config: { anything: 1 } }), ['UNKNOWN_KIND /nodes/4/kind']],
    [
      'an unknown setting',
      (d) => void (d.nodes[2] = { id: 'some', kind: 'keep', config: { column: 'amount', invrt: true } }),
      ['UNKNOWN_FIELD /nodes/2/config/invrt'],
    ],
    ['a missing setting', (d) => void (d.nodes[2] = { id: 'some', kind: 'keep', config: {} }), ['MISSING_FIELD /nodes/2/config/column']],
    [
      'a wrong column',
      (d) => void (d.nodes[2] = { id: 'some', kind: 'keep', config: { column: 'amont' } }),
      ['UNKNOWN_COLUMN /nodes/2/config/column'],
    ],
    ['exactly once', (d) => void (d.guarantee = 'exactly-once'), ['UNSUPPORTED_GUARANTEE /guarantee']],
    ['a time zone that is none', (d) => void (d.timeZone = 'Europe/Berlino'), ['UNKNOWN_TIME_ZONE /timeZone']],
    ['a place for nothing', (d) => void (d.layout = { gone: { x: 1, y: 1 } }), ['UNKNOWN_NODE /layout/gone']],
    [
      'updates into a sink that appends',
      (d) => void (d.nodes[3] = { id: 'counted', kind: 'count', config: { updates: true } }),
      ['UPSERT_NOT_ACCEPTED /edges/2'],
    ],
    [
      'a test of nothing',
      (d) => void (d.tests = [{ name: 't', given: { gone: [] }, expect: { some: [] } }]),
      ['UNKNOWN_NODE /tests/0/given/gone', 'WRONG_TEST_NODE /tests/0/expect/some'],
    ],
    [
      'dead letters into a filter',
      (d) => void (d.edges[0] = { from: 'purchases.dead-letter', to: 'some.in' }),
      ['DEAD_LETTER_NOT_ACCEPTED /edges/0', 'ROWS_GO_NOWHERE /nodes/1'],
    ],
  ]
  test.each(cases)('%s', (_name, change, expected) => {
    const issues = issuesOf(changed(change))
    expect(codes(issues)).toEqual(expected)
    for (const { message } of issues) expect(message).toMatch(/^[A-Z"“{]?.*[.!?]$/)
  })

  test('a circle is named', () => {
    const issues = issuesOf(
      changed((document) => {
        document.nodes.push({ id: 'loop', kind: 'join', config: {} })
        document.edges[0] = { from: 'purchases.out', to: 'loop.in' }
        document.edges.push({ from: 'loop.out', to: 'some.in' }, { from: 'some.out', to: 'loop.in' })
      }),
    )
    expect(issues.map(({ code }) => code)).toEqual(['CYCLE'])
    expect(issues[0]?.message).toMatch(/some → loop → some|loop → some → loop/)
  })

  test('no source', () => {
    expect(codes(issuesOf({ format: 1, kinds: {}, name: 'x', nodes: [], edges: [] }))).toEqual(['EMPTY_PIPELINE /nodes'])
  })

  test('all come at once, errors first', () => {
    const issues = issuesOf(
      changed((document) => {
        document.layout = { gone: { x: 1, y: 1 } }
        document.nodes[1] = {
          id: 'purchases',
          kind: 'read',
          config: { topic: '', columns: [{ name: 'a', type: 'TEXT' }], onEror: 'skip', delayMs: -1, from: { type: 'xml' } },
        }
        document.guarantee = 'exactly-once'
      }),
    )
    expect(codes(issues)).toEqual([
      'WRONG_VALUE /nodes/1/config/topic',
      'WRONG_VALUE /nodes/1/config/columns/0/type',
      'WRONG_VALUE /nodes/1/config/from/type',
      'WRONG_VALUE /nodes/1/config/delayMs',
      'UNKNOWN_FIELD /nodes/1/config/onEror',
      'UNSUPPORTED_GUARANTEE /guarantee',
      'UNKNOWN_NODE /layout/gone',
    ])
    expect(issues.map(({ message }) => message).slice(0, 5)).toMatchInlineSnapshot(`
      [
        ""topic" is empty. Fill it in.",
        "This is no type.",
        ""type" cannot be "xml". It has to be json or csv.",
        ""Delay" (delayMs) has to be at least 0, not -1.",
        "There is no field "onEror". Did you mean "onError"?",
      ]
    `)
  })

  test('issues of a kind keep their range, and their fix mends the document', () => {
    const broken = changed((document) => void (document.nodes[2] = { id: 'some', kind: 'keep', config: { column: 'amont' } }))
    const issue = issuesOf(broken)[0]
    expect(issue).toMatchObject({ nodeId: 'some', range: { from: 0, to: 5 } })
    expect(codes(issuesOf(documentSchema.parse(applyFix(broken, issue?.fix ?? { title: '', edits: [] }))))).toEqual([])
  })

  test('one mistake is one issue, and those behind it are found too', () => {
    const issues = issuesOf(
      changed((document) => {
        document.nodes[2] = { id: 'some', kind: 'keep', config: { column: 'amont' } }
        document.nodes.push({ id: 'more', kind: 'keep', config: { column: 'contry' } })
        document.edges[1] = { from: 'some.out', to: 'more.in' }
        document.edges.push({ from: 'more.out', to: 'counted.in' })
      }),
    )
    expect(codes(issues)).toEqual(['UNKNOWN_COLUMN /nodes/2/config/column', 'UNKNOWN_COLUMN /nodes/4/config/column'])
  })

  test.each([
    ['an unknown setting', (d: DocumentInput) => void (d.nodes[2] = { id: 'some', kind: 'keep', config: { colum: 'amount' } })],
    ['an edge twice', (d: DocumentInput) => void d.edges.push({ from: 'some.out', to: 'counted.in' })],
    ['a kind misspelt', (d: DocumentInput) => void (d.nodes[2] = { id: 'some', kind: 'kep', config: { column: 'amount' } })],
    ['a port misspelt', (d: DocumentInput) => void (d.edges[1] = { from: 'some.otu', to: 'counted.in' })],
    ['a place for nothing', (d: DocumentInput) => void (d.layout = { gone: { x: 1, y: 1 } })],
    ['exactly once', (d: DocumentInput) => void (d.guarantee = 'exactly-once')],
    [
      'a value misspelt',
      (d: DocumentInput) =>
        void (d.nodes[1] = { id: 'purchases', kind: 'read', config: { topic: 'purchases', columns, onError: 'dead_letter' } }),
    ],
  ])('the fix mends %s', (_name, change) => {
    const broken = changed(change)
    const fix = issuesOf(broken).find((issue) => issue.fix !== undefined)?.fix
    expect(fix).toBeDefined()
    expect(codes(issuesOf(documentSchema.parse(applyFix(broken, fix ?? { title: '', edits: [] }))))).toEqual([])
  })
})

describe('stages', () => {
  test('a way around a repartition ends in the later stage and keeps its partition', () => {
    const { spec, issues } = compile(
      documentSchema.parse({
        format: 1,
        kinds: {},
        name: 'x',
        nodes: [
          { id: 'a', kind: 'read', config: { topic: 'a', columns } },
          { id: 'c', kind: 'count', config: {} },
          { id: 'j', kind: 'join' },
          { id: 'w', kind: 'write', config: { topic: 'w' } },
          { id: 'b', kind: 'read', config: { topic: 'b', columns } },
          { id: 'v', kind: 'write', config: { topic: 'v' } },
        ],
        edges: [
          { from: 'a.out', to: 'c.in' },
          { from: 'c.out', to: 'j.in' },
          { from: 'a.out', to: 'j.in' },
          { from: 'j.out', to: 'w.in' },
          { from: 'b.out', to: 'v.in' },
        ],
      }),
      { kinds },
    )
    expect(issues).toEqual([])
    expect(spec?.stages.map(({ nodes }) => nodes)).toEqual([['a'], ['b', 'v'], ['c', 'j', 'w']])
    expect(spec?.edges.map(({ repartitionBy }) => repartitionBy)).toEqual([[], undefined, undefined, undefined, undefined])
  })
})

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPipeline } from '../../pipeline-runtime/cli/files.ts'
import { millrace, ROOT } from '../e2e/command-line.ts'

interface Draft {
  [field: string]: unknown
  kinds: Record<string, number>
  nodes: { id: string; kind: string; config: Record<string, unknown> }[]
  edges: { from: string; to: string }[]
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-bad-input-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(text: string): string {
  const file = path.join(folder, 'bad.millrace.json')
  writeFileSync(file, text)
  return file
}

/** The first gallery document with something wrong in it. */
function damaged(damage: (document: Draft) => void): string {
  const document = JSON.parse(
    readFileSync(path.join(ROOT, 'pipeline-runtime/examples/purchases-per-country.millrace.json'), 'utf8'),
  ) as Draft
  damage(document)
  return JSON.stringify(document)
}

const nodeOf = (document: Draft, id: string) => document.nodes.find((node) => node.id === id) ?? { id: '', kind: '', config: {} }

const CASES: readonly (readonly [what: string, text: string, issues: readonly object[]])[] = [
  [
    'not JSON',
    '{ "format": 1,\n  "kinds": { oops }',
    [{ code: 'NOT_JSON', path: '', message: 'Not JSON at line 2, column 14: a name in double quotes was expected, but "oops" was met.' }],
  ],
  ['an empty file', '', [{ code: 'EMPTY_FILE', path: '', message: 'The file is empty. A document starts with { "format": 1, … }.' }]],
  [
    'a newer format',
    damaged((d) => Object.assign(d, { format: 9 })),
    [
      {
        code: 'NEWER_FORMAT',
        path: '/format',
        message: 'The document has format 9; this Millrace reads up to format 1. Open it with a newer Millrace.',
      },
    ],
  ],
  [
    'an unknown kind',
    damaged((d) => Object.assign(nodeOf(d, 'paid'), { kind: 'filtre' })),
    [
      {
        code: 'UNKNOWN_KIND',
        nodeId: 'paid',
        path: '/nodes/1/kind',
        message: 'There is no kind of node called "filtre". Did you mean "filter"?',
      },
    ],
  ],
  [
    'an unknown field of a node',
    damaged((d) => Object.assign(nodeOf(d, 'paid').config, { conditon: 'TRUE' })),
    [
      {
        code: 'UNKNOWN_FIELD',
        nodeId: 'paid',
        path: '/nodes/1/config/conditon',
        message: 'There is no field "conditon". Remove it. Known here: condition and onError.',
      },
    ],
  ],
  [
    'an unknown field of the document',
    damaged((d) => Object.assign(d, { nmae: 'x' })),
    [{ code: 'UNKNOWN_FIELD', path: '/nmae', message: expect.stringContaining('There is no field "nmae". Remove it.') }],
  ],
  [
    'a cycle',
    damaged((d) => {
      d.kinds.union = 1
      d.nodes.push({ id: 'both', kind: 'union', config: {} })
      d.edges = [
        { from: 'purchases.out', to: 'both.in' },
        { from: 'both.out', to: 'paid.in' },
        { from: 'paid.out', to: 'both.in' },
        { from: 'paid.out', to: 'per_country.in' },
        { from: 'per_country.out', to: 'spending.in' },
      ]
    }),
    [
      {
        code: 'CYCLE',
        message: expect.stringMatching(
          /^(both → paid → both|paid → both → paid) goes round in a circle\. Rows must flow from sources to sinks: remove one of these edges\.$/,
        ),
      },
    ],
  ],
  [
    'type errors in an expression, all at once, with fixes',
    damaged((d) => Object.assign(nodeOf(d, 'paid').config, { condition: 'status > 5 AND amuont = 1' })),
    [
      {
        code: 'TYPE_MISMATCH',
        nodeId: 'paid',
        path: '/nodes/1/config/condition',
        range: { from: 0, to: 10 },
        message: '`status` is a text (STRING) and `5` is a whole number (BIGINT); they cannot be compared as they are.',
        fix: { title: "Write '5'" },
      },
      {
        code: 'UNKNOWN_COLUMN',
        nodeId: 'paid',
        path: '/nodes/1/config/condition',
        message: 'There is no column amuont. Did you mean amount?',
        fix: { edits: [{ path: '/nodes/1/config/condition', value: 'status > 5 AND amount = 1' }] },
      },
    ],
  ],
  [
    'a node id that stands twice',
    damaged((d) => d.nodes.push(nodeOf(d, 'paid'))),
    [
      {
        code: 'DUPLICATE_NODE_ID',
        nodeId: 'paid',
        path: '/nodes/4/id',
        message: 'Two nodes are called paid (nodes 2 and 5). Give one of them another name, such as paid_2.',
      },
    ],
  ],
  [
    'an edge that stands twice',
    damaged((d) => d.edges.push({ from: 'purchases.out', to: 'paid.in' })),
    [{ code: 'DUPLICATE_EDGE', path: '/edges/3', message: 'The edge from purchases.out to paid.in stands twice. Remove one.' }],
  ],
  [
    'an edge to no port',
    damaged((d) => Object.assign(d.edges[0] ?? {}, { to: 'paid.inn' })),
    [
      {
        code: 'UNKNOWN_PORT',
        path: '/edges/0/to',
        message: 'paid has no in port "inn". It has in.',
        fix: { title: 'Change to "paid.in"' },
      },
      { code: 'UNCONNECTED_INPUT', nodeId: 'paid', path: '/nodes/1', message: 'Nothing comes into paid.in. Draw an edge to it.' },
    ],
  ],
  [
    'a guarantee that cannot be given yet',
    damaged((d) => Object.assign(d, { guarantee: 'exactly-once' })),
    [
      {
        code: 'UNSUPPORTED_GUARANTEE',
        path: '/guarantee',
        message: expect.stringContaining('This version cannot promise exactly-once yet. Choose at-least-once'),
      },
    ],
  ],
]

test.each(CASES)('%s', async (_what, text, issues) => {
  const file = write(text)
  expect(readPipeline(file).issues.filter((issue) => issue.severity === 'error')).toMatchObject(issues)
})

test('the command line gives exit code 1, names everything on stderr and shows no stack', async () => {
  const file = write(damaged((d) => Object.assign(nodeOf(d, 'paid').config, { condition: 'status > 5 AND amuont = 1' })))
  for (const command of ['validate', 'run', 'compile', 'test']) {
    const finished = await millrace([command, file])
    expect(finished.code, command).toBe(1)
    expect(finished.stderr).toContain('error TYPE_MISMATCH in paid (/nodes/1/config/condition)')
    expect(finished.stderr).toContain('error UNKNOWN_COLUMN in paid')
    expect(finished.stderr).not.toMatch(/\n\s+at /)
  }
  const json = await millrace(['validate', file, '--json'])
  expect(JSON.parse(json.stdout)).toMatchObject({
    file,
    issues: [{ code: 'TYPE_MISMATCH', severity: 'error' }, { code: 'UNKNOWN_COLUMN' }],
  })
})

test('an unknown kind is kept as it is when the document is written anew', async () => {
  const file = write(damaged((d) => Object.assign(nodeOf(d, 'paid'), { kind: 'filtre', config: { odd: [1, { deep: true }] } })))
  const migrated = await millrace(['migrate', file])
  expect(JSON.parse(migrated.stdout).nodes[1]).toEqual({
    id: 'paid',
    kind: 'filtre',
    title: 'Only paid',
    config: { odd: [1, { deep: true }] },
  })
})

test('warnings do not change the exit code', async () => {
  const withoutSink = damaged((d) => {
    d.edges.pop()
    Object.assign(d, { nodes: d.nodes.filter(({ id }) => id !== 'spending'), tests: [], layout: {} })
  })
  const finished = await millrace(['validate', write(withoutSink)])
  expect(finished.stderr).toContain('warning ROWS_GO_NOWHERE in per_country')
  expect(finished.code).toBe(0)
})

test('wrong usage is exit code 64 and says how', async () => {
  for (const args of [
    ['run'],
    ['run', 'a', 'b'],
    ['run', 'a', '--nothing'],
    ['run', 'a', '--from', 'yesterday'],
    ['run', 'a', '--to', '2026-01-01T00:00:00Z', '--until-end'],
    ['dance'],
    ['feed', 'a'],
  ]) {
    const finished = await millrace(args)
    expect(finished.code, args.join(' ')).toBe(64)
    expect(finished.stderr).not.toMatch(/\n\s+at /)
  }
})

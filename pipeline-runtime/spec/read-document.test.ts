import { describe, expect, test } from 'vitest'
import { readDocument } from './read-document.ts'
import { testKinds as kinds } from './test-kinds.contract.ts'
import { writeDocument } from './write-document.ts'

const good = {
  format: 1,
  kinds: { keep: 1, read: 1 },
  name: 'Purchases',
  nodes: [{ id: 'purchases', kind: 'read', config: { topic: 'purchases' } }],
  edges: [],
}

function read(change: Record<string, unknown> | string) {
  return readDocument(typeof change === 'string' ? change : JSON.stringify({ ...good, ...change }), { kinds })
}

function issues(change: Record<string, unknown> | string): string[] {
  const result = read(change)
  expect(result.document === undefined).toBe(result.issues.some((issue) => issue.severity === 'error'))
  return result.issues.map(({ code, path }) => `${code} ${path}`)
}

describe('what is no JSON', () => {
  test.each([
    ['', 'EMPTY_FILE', 'The file is empty.'],
    [' \n ', 'EMPTY_FILE', 'The file is empty.'],
    ['{ "format": 1,\n  name: 3 }', 'NOT_JSON', 'line 2, column 3: a name in double quotes was expected, but "name" was met.'],
    ['{ "format": 1,\n  }', 'NOT_JSON', 'line 2, column 3: a name in double quotes was expected, but "}" was met.'],
    ['{ "format": ', 'NOT_JSON', 'a value was expected, but the file ends.'],
    ['{ "a": [1, 2', 'NOT_JSON', '"," or "]" was expected, but the file ends.'],
    ['{ "a": 01 }', 'NOT_JSON', 'column 9: "," or "}" was expected, but "1" was met.'],
    ['{ "a": "b }', 'NOT_JSON', 'column 8: a text starts here and has no closing quote.'],
    ['{ "a": "\\q" }', 'NOT_JSON', 'a backslash that means nothing'],
    ['{ "a": NaN }', 'NOT_JSON', '"NaN" was met'],
    ['{} {}', 'NOT_JSON', 'the end of the file was expected'],
    ['format: 1', 'NOT_JSON', 'line 1, column 1: a value was expected, but "format" was met.'],
    ['['.repeat(5000), 'NOT_JSON', 'more than 200 levels'],
  ])('%j', (text, code, message) => {
    const [issue] = read(text).issues
    expect(issue?.code).toBe(code)
    expect(issue?.message).toContain(message)
  })

  test('a byte order mark in front and Windows line ends are taken', () => {
    expect(issues(`\uFEFF${JSON.stringify(good, null, 2).replaceAll('\n', '\r\n')}`)).toEqual([])
  })
})

describe('what JSON cannot hold', () => {
  test('a name twice', () => {
    expect(issues('{ "format": 1, "nodes": [ { "id": "a", "id": "b" } ] }')).toEqual(['DUPLICATE_KEY /nodes/0/id'])
  })
  test('integers beyond 2^53 have to be text', () => {
    expect(issues('{ "a": [9007199254740993, 9007199254740991, -9007199254740992] }')).toEqual([
      'INTEGER_TOO_LARGE /a/0',
      'INTEGER_TOO_LARGE /a/2',
    ])
    expect(issues('{ "a": 1e999 }')).toEqual(['NUMBER_TOO_LARGE /a'])
  })
  test('the name __proto__', () => {
    expect(issues('{ "__proto__": { "format": 1 } }')).toEqual(['BAD_KEY /__proto__'])
  })
})

describe('what is no document of this version', () => {
  test.each<readonly [Record<string, unknown> | string, readonly string[]]>([
    ['[]', ['NOT_A_DOCUMENT ']],
    ['{}', ['NOT_A_DOCUMENT /format']],
    ['{ "specVersion": 1 }', ['NOT_A_DOCUMENT ']],
    [{ format: 2, whatever: true }, ['NEWER_FORMAT /format']],
    [{ format: 0 }, ['WRONG_VALUE /format']],
    [{ format: '1' }, ['WRONG_VALUE /format']],
    [{ kinds: { read: 2, keep: 7 } }, ['NEWER_KIND /kinds/read', 'NEWER_KIND /kinds/keep']],
    [{ kinds: { keep: 1 } }, ['KIND_VERSION_MISSING /kinds']],
    [{ nmae: 'x' }, ['UNKNOWN_FIELD /nmae']],
    [{ name: undefined }, ['MISSING_FIELD /name']],
    [{ nodes: {} }, ['WRONG_TYPE /nodes']],
    [{ start: { type: 'time' } }, ['MISSING_FIELD /start/time']],
    [{ start: { type: 'time', time: 'yesterday' } }, ['WRONG_VALUE /start/time']],
    [{ start: { type: 'begin' }, guarantee: 'twice' }, ['WRONG_VALUE /guarantee', 'WRONG_VALUE /start/type']],
    [
      { nodes: [{ id: 'a', kind: 'read', config: [], colour: 'red' }], notes: [{ text: 1, x: 0, y: 0 }] },
      ['WRONG_TYPE /nodes/0/config', 'UNKNOWN_FIELD /nodes/0/colour', 'WRONG_TYPE /notes/0/text'],
    ],
  ])('%j', (change, expected) => {
    expect(issues(change)).toEqual(expected)
  })

  test('an unknown field knows what was meant, and its node', () => {
    const [issue] = read({ nodes: [{ id: 'a', kind: 'read', cofnig: {} }] }).issues
    expect(issue).toMatchObject({
      nodeId: 'a',
      message: 'There is no field "cofnig" in item 1 of nodes. Did you mean "config"?',
      fix: { title: 'Rename "cofnig" to "config"', edits: [{ path: '/nodes/0/cofnig' }, { path: '/nodes/0/config', value: {} }] },
    })
  })
})

test('an unknown kind is kept as it is, with its version', () => {
  const text = writeDocument(
    read({
      kinds: { read: 1, future: 9, unused: 1 },
      nodes: [{ id: 'f', kind: 'future', title: 'F', config: { z: 1, a: { c: [false], b: null } } }],
    }).document ?? fail(),
    { kinds },
  )
  expect(text).toContain('"kinds": { "future": 9 }')
  expect(text).toContain('{ "id": "f", "kind": "future", "title": "F", "config": { "z": 1, "a": { "c": [false], "b": null } } }')
  expect(writeDocument(readDocument(text, { kinds }).document ?? fail(), { kinds })).toBe(text)
})

function fail(): never {
  throw new Error('no document')
}

import { expect, test } from 'vitest'
import { nodeIndexPage, nodePage } from './node-reference.ts'
import { count, keep, read, testKinds } from './test-kinds.contract.ts'

const reference = {
  whenToUse: 'When there is a topic.',
  otherRows: 'They are counted.',
  limits: 'One process reads it.',
  flink: 'a table.',
  kafkaStreams: 'a stream.',
}

test('a page tells ports, settings with types and defaults, and the promise', () => {
  const page = nodePage({ ...read, examples: [{ title: 'Lines', config: { topic: 't', columns: [column] }, given: {}, expect: {} }] }, [
    nothing,
  ])
  expect(page).toContain('# Read\n')
  expect(page).toContain(
    '| out | Set aside<br>`dead-letter` | what failed, with its bytes, where it was, and why; only where the settings ask for it, and then it has to be connected |',
  )
  expect(page).toContain('| On error<br>`onError` | `fail`, `skip` or `dead-letter` | `"fail"` | What becomes of what cannot be read. |')
  expect(page).toContain('| Name<br>`columns[].name` | text | required |  |')
  expect(page).toContain('| Delimiter<br>`from(csv).delimiter` | text | `","` |  |')
  expect(nodePage(keep, [])).toContain('- Others call it: filter.')
  expect(nodePage(count, [])).toContain('repartition')
})

test('what a kind says of itself stands under headings of its own; without it the page has none of them', () => {
  const page = nodePage({ ...read, reference }, [])
  expect(page).toContain('## When to use it\n\nWhen there is a topic.\n')
  expect(page).toContain('## What becomes of the other rows\n\nThey are counted.\n')
  expect(page).toContain('## Performance and limits\n\nOne process reads it.\n')
  expect(page).toContain('## Elsewhere\n\n- Flink SQL: a table.\n- Kafka Streams: a stream.\n')
  expect(nodePage(read, [])).not.toMatch(/When to use|other rows|limits|Elsewhere/)
})

test('an example shows what goes in and what came out, as tables', () => {
  const given = {
    in: [
      {
        columns: { a: 'STRING' },
        rows: [
          { a: 'b|*c*', $timestamp: 1000 },
          { a: null, $timestamp: 2500 },
        ],
      },
    ],
  }
  const example = { title: 'Some', config: { column: 'a' }, given, expect: {} }
  const out = [{ a: 'b|*c*', $timestamp: 1000, $kind: 'UPSERT' }]
  const page = nodePage({ ...keep, examples: [example] }, [{ outputs: { out, late: [] }, removed: [{ a: null, $timestamp: 2500 }] }])
  expect(page).toContain('## Example\n\n### Some\n\n```json\n{\n  "kind": "keep",')
  expect(page).toContain(
    'Into `in`, with `a` STRING:\n\n| a | *time* |\n|---|---|\n| b\\|\\*c\\* | 1970-01-01T00:00:01Z |\n| *NULL* | 1970-01-01T00:00:02.500Z |\n',
  )
  expect(page).toContain('Out of `out`:\n\n| a | *time* | *kind* |\n|---|---|---|\n| b\\|\\*c\\* | 1970-01-01T00:00:01Z | replaces |\n')
  expect(page).toContain('Out of `late`: nothing.\n')
  expect(page).toContain('Removed:\n\n| a | *time* |')
})

test('records of a topic and what is written to one are shown as they are, long rows as JSON', () => {
  const records = [{ value: '{"a":"b|c"}', timestamp: 1000, key: 'k' }]
  const example = { title: 'One', config: { topic: 't', columns: [column] }, given: { source: { records } }, expect: {} }
  const long = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: null, $timestamp: 1 }
  const page = nodePage({ ...read, examples: [example] }, [{ outputs: { sink: [{ key: null, value: '{}' }], out: [long] }, removed: [] }])
  expect(page).toContain('The topic:\n\n| key | value | *time* |\n|---|---|---|\n| `k` | `{"a":"b\\|c"}` | 1970-01-01T00:00:01Z |\n')
  expect(page).toContain('Written:\n\n| key | value |\n|---|---|\n| *NULL* | `{}` |\n')
  expect(page).toContain('```json\n{\n  "a": 1,\n')
  expect(page).not.toContain('"h"')
})

test('an example that was not run is no example', () => {
  const example = { title: 'One', config: { topic: 't', columns: [column] }, given: {}, expect: {} }
  expect(() => nodePage({ ...read, examples: [example] }, [])).toThrow('The example "One" of read was not run.')
})

test('the index names each kind once', () => {
  const index = nodeIndexPage(testKinds)
  for (const { kind } of testKinds) expect(index.split(`(${kind}.md)`)).toHaveLength(2)
})

const column = { name: 'a', type: 'STRING' }
const nothing = { outputs: {}, removed: [] }

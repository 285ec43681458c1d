import { expect, test } from 'vitest'
import { nodeIndexPage, nodePage } from './node-reference.ts'
import { count, keep, read, testKinds } from './test-kinds.contract.ts'

test('a page tells ports, settings with types and defaults, and the promise', () => {
  const page = nodePage({
    ...read,
    examples: [
      {
        title: 'Lines',
        config: { topic: 't', columns: [{ name: 'a', type: 'STRING' }] },
        given: { source: { records: [{ value: '{"a":"b|c"}' }] } },
        expect: { out: [{ a: 'b|c' }] },
      },
    ],
  })
  expect(page).toContain('# Read\n')
  expect(page).toContain('| out | `dead-letter` | Set aside | depends on the settings and has to be connected |')
  expect(page).toContain('| On error | `onError` | `fail`, `skip` or `dead-letter` | `"fail"` | What becomes of what cannot be read. |')
  expect(page).toContain('| Name | `columns[].name` | text | required |  |')
  expect(page).toContain('| Delimiter | `from(csv).delimiter` | text | `","` |  |')
  expect(page).toContain('It reads:\n\n```json\n{ "value": "{\\"a\\":\\"b|c\\"}" }\n```')
  expect(nodePage(keep)).toContain('Others call it: filter.')
  expect(nodePage(count)).toContain('repartition')
})

test('the index names each kind once', () => {
  const index = nodeIndexPage(testKinds)
  for (const { kind } of testKinds) expect(index.split(`(${kind}.md)`)).toHaveLength(2)
})

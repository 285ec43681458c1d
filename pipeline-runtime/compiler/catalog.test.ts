import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds } from '../nodes/catalog.ts'
import { readDocument } from '../spec/read-document.ts'
import { writeDocument } from '../spec/write-document.ts'
import { compile } from './compile.ts'
import { openSpec } from './open.ts'
import { readSpec, writeSpec } from './read-spec.ts'

// The compiler with the kinds that there really are: the frozen documents hold each of them.
const folder = new URL('../../test/migrations/documents/', import.meta.url)
const names = readdirSync(folder)

test.each(names)('%s: document, spec and document again are the same bytes', (name) => {
  const { document } = readDocument(readFileSync(new URL(name, folder), 'utf8'), { kinds })
  expect(document).toBeDefined()
  if (document === undefined) return
  const { spec, issues } = compile(document, { kinds })
  expect(issues).toEqual([])
  expect(spec).toBeDefined()
  if (spec === undefined) return
  const again = readSpec(writeSpec(spec), { kinds })
  expect(again).toEqual({ issues: [], spec })
  expect(writeDocument(openSpec(again.spec ?? spec, { kinds }), { kinds })).toBe(writeDocument(document, { kinds }))
})

test('the example of the design is repartitioned by country, and its sinks are where it ends', () => {
  const { document } = readDocument(readFileSync(new URL('format-1.millrace.json', folder), 'utf8'), { kinds })
  const spec = document === undefined ? undefined : compile(document, { kinds }).spec
  expect(spec?.stages.map(({ nodes }) => nodes)).toEqual([
    ['purchases', 'paid', 'set_aside'],
    ['per_country', 'revenue', 'late'],
  ])
  expect(spec?.nodes.find(({ id }) => id === 'per_country')?.outputs.out?.columns).toEqual([
    { name: 'country', type: 'STRING' },
    { name: 'window_start', type: 'TIMESTAMP_LTZ(3)' },
    { name: 'window_end', type: 'TIMESTAMP_LTZ(3)' },
    { name: 'purchases', type: 'BIGINT' },
    { name: 'revenue', type: 'DOUBLE' },
  ])
})

test('the examples of all kinds have settings that their kinds take', () => {
  for (const kind of kinds) {
    for (const example of kind.examples)
      expect([kind.kind, example.title, kind.config.safeParse(example.config).error]).toEqual([kind.kind, example.title, undefined])
  }
})

import { MantineProvider } from '@mantine/core'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { kinds } from '../../../pipeline-runtime/nodes/catalog.ts'
import type { NodeKind } from '../../../pipeline-runtime/spec/node-kind.ts'
import { StudioProvider } from '../../app/studio-context.tsx'
import { testStudio } from '../../test-studio.contract.ts'
import { Fields } from './Fields.tsx'
import { fieldsOf } from './form-field.ts'
import { type FormPort, FormProvider } from './form-port.tsx'

const all: readonly NodeKind[] = kinds
const rubbish: readonly unknown[] = [null, 7, 'x', [], {}, { type: 7, name: [], rows: {} }]

function render(schema: z.ZodType, value: unknown, kind?: NodeKind): string {
  const form: FormPort = {
    nodeId: 'step',
    base: '/nodes/0/config',
    value,
    issues: [
      { code: 'WRONG_VALUE', severity: 'error', nodeId: 'step', path: '/nodes/0/config', message: 'Something is wrong.' },
      ...fieldsOf(schema, []).map(({ path }) => ({
        code: 'WRONG_VALUE',
        severity: 'error' as const,
        nodeId: 'step',
        path: `/nodes/0/config/${path.join('/')}`,
        message: `Wrong: ${path.join('.')}.`,
        fix: { title: `Mend ${path.join('.')}`, edits: [] },
      })),
    ],
    input: undefined,
    columns: [{ name: 'country', type: { name: 'STRING' } }],
    timeZone: 'UTC',
    kind,
    writes: false,
    set() {},
    setAll() {},
  }
  const page = createElement(FormProvider, { value: form }, createElement(Fields, { schema, path: [], value }))
  // biome-ignore lint/correctness/noChildrenProp: its type asks for them
  const studio = createElement(StudioProvider, { studio: testStudio().studio, children: page })
  return renderToString(createElement(MantineProvider, { forceColorScheme: 'light' }, studio))
}

describe.each(all.map((kind) => [kind.kind, kind] as const))('the form of %s', (_name, kind) => {
  const fields = fieldsOf(kind.config, [])
  const everywhere = (value: unknown) => Object.fromEntries(fields.map(({ path }) => [String(path[0]), value]))

  it.each([{ title: 'nothing', config: {} }, ...kind.examples])('shows $title', ({ config }) => {
    const html = render(kind.config, config, kind)
    for (const { title } of fields) expect(html).toContain(title)
  })

  it('says of each setting what is wrong and offers the fix', () => {
    const html = render(kind.config, {}, kind)
    for (const { path } of fields) {
      expect(html).toContain(`Wrong: ${path.join('.')}.`)
      expect(html).toContain(`Mend ${path.join('.')}`)
    }
  })

  it('stands whatever is in the document', () => {
    for (const value of rubbish) {
      for (const config of [everywhere(value), everywhere([value])]) {
        expect(() => render(kind.config, config, kind), JSON.stringify(config)).not.toThrow()
      }
    }
  })
})

it('makes a form of a definition that nobody has seen before', () => {
  const schema = z.strictObject({
    every: z.int().min(1).default(2).meta({ title: 'Every', description: 'One of so many.' }),
    labels: z.record(z.string(), z.string()).meta({ title: 'Labels', description: 'By name.' }),
    rules: z.array(z.strictObject({ when: z.boolean().meta({ title: 'When' }) })).meta({ title: 'Rules', description: 'In order.' }),
    inner: z.strictObject({ depth: z.number().meta({ title: 'Depth' }) }).meta({ title: 'Inner', description: 'Together.' }),
    anything: z.unknown().meta({ title: 'Anything', description: 'As JSON.' }),
  })
  const html = render(schema, { labels: { a: 'b' }, rules: [{ when: true }], inner: { depth: 3 }, anything: { x: [1] } })
  for (const text of ['Every', 'Labels', 'Rules', 'When', 'Depth', 'Anything', '2 (as usual)']) expect(html).toContain(text)
})

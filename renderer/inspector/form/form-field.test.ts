import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { kinds } from '../../../pipeline-runtime/nodes/catalog.ts'
import { startPosition, stopPosition } from '../../../pipeline-runtime/spec/document.ts'
import type { NodeKind } from '../../../pipeline-runtime/spec/node-kind.ts'
import { bareSchema, metaOf, schemaAt } from '../../../pipeline-runtime/spec/schema-walk.ts'
import {
  choicesOf,
  type FormField,
  fieldFor,
  fieldsOf,
  initialValue,
  membersOf,
  type Schema,
  widgetOf,
  withDefaultsDownTo,
} from './form-field.ts'

const now = new Date('2026-01-01T10:00:00.500Z')
const all: readonly NodeKind[] = kinds

/** All settings of a schema, those inside of lists, groups and choices too. */
function everyField(schema: Schema, path: readonly (string | number)[] = []): FormField[] {
  const { def } = bareSchema(schema)._zod
  switch (def.type) {
    case 'object':
      return fieldsOf(schema, path).flatMap((field) => [field, ...everyField(field.schema, field.path)])
    case 'array':
      return everyField(def.element, [...path, 0])
    case 'record':
      return everyField(def.valueType, [...path, 'name'])
    case 'union':
      return def.options.flatMap((option) => everyField(option, path))
    default:
      return []
  }
}

describe.each(all.map((kind) => [kind.kind, kind] as const))('%s', (_name, kind) => {
  it('has a control with a title for every setting', () => {
    for (const field of everyField(kind.config)) {
      expect(field.title, field.path.join('/')).toBeTruthy()
      expect(field.description, field.path.join('/')).toBeTruthy()
      // JSON is for what no control knows; no definition of ours needs it.
      expect(field.widget, field.path.join('/')).not.toBe('json')
    }
  })

  it('gets the control that the definition asks for', () => {
    for (const field of everyField(kind.config)) {
      const asked = metaOf(field.schema).widget
      if (asked !== undefined) expect(field.widget, field.path.join('/')).toBe(asked)
    }
  })

  it('has settings in the order of the definition', () => {
    expect(fieldsOf(kind.config, []).map(({ path }) => path[0])).toEqual(Object.keys(Reflect.get(kind.config, 'shape')))
  })
})

test('a widget that is not known gives the control of the type', () => {
  expect(widgetOf(z.string().meta({ widget: 'hologram' }))).toBe('text')
  expect(widgetOf(z.int().meta({ widget: 'hologram' }))).toBe('number')
})

test.each([
  [z.string(), 'text'],
  [z.iso.datetime({ offset: true }), 'time'],
  [z.int().min(1).default(2), 'number'],
  [z.number().optional(), 'number'],
  [z.boolean(), 'switch'],
  [z.enum(['a', 'b']), 'choice'],
  [z.literal('a'), 'fixed'],
  [z.literal(['a', 'b']), 'choice'],
  [z.array(z.string()), 'text-list'],
  [z.array(z.strictObject({ a: z.string() })), 'list'],
  [z.array(z.array(z.int())), 'list'],
  [z.strictObject({ a: z.string() }), 'group'],
  [z.record(z.string(), z.int()), 'record'],
  [z.discriminatedUnion('type', [z.strictObject({ type: z.literal('a') }), z.strictObject({ type: z.literal('b') })]), 'member'],
  [z.union([z.string(), z.int()]), 'member'],
  [z.unknown(), 'json'],
  [z.any(), 'json'],
])('a control follows from the type alone (%#)', (schema, widget) => {
  expect(widgetOf(schema)).toBe(widget)
})

test('a setting without words of its own is called after its name', () => {
  const schema = z.strictObject({ maxAheadRows: z.int(), json: z.string() })
  expect(fieldsOf(schema, []).map(({ title }) => title)).toEqual(['Max ahead rows', 'JSON'])
})

test('choices have the labels of the definition, or their own words', () => {
  expect(choicesOf(z.enum(['fail', 'dead-letter']).meta({ choices: { fail: 'Stop the run' } }))).toEqual([
    { value: 'fail', label: 'Stop the run' },
    { value: 'dead-letter', label: 'Dead letter' },
  ])
})

test('members of a union are told apart by their tag, or by their place', () => {
  const tagged = bareSchema(startPosition)._zod.def
  expect(tagged.type === 'union' && membersOf(tagged).map(({ value }) => value)).toEqual(['continue', 'earliest', 'latest', 'time', 'last'])
  const plain = bareSchema(z.union([z.string().meta({ title: 'A text' }), z.int()]))._zod.def
  expect(plain.type === 'union' && membersOf(plain).map(({ value, label }) => [value, label])).toEqual([
    ['0', 'A text'],
    ['1', '1'],
  ])
})

test.each([startPosition, stopPosition])('a member that is chosen begins with values that it allows', (schema) => {
  const { def } = bareSchema(schema)._zod
  if (def.type !== 'union') expect.fail('not a union')
  for (const member of membersOf(def)) expect(schema.safeParse(initialValue(member.schema, now)).success, member.value).toBe(true)
})

test('a field inside of a default brings the rest of the default along', () => {
  const schema = z.strictObject({
    format: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('csv'), delimiter: z.string().default(',') }),
        z.strictObject({ type: z.literal('json') }),
      ])
      .default({ type: 'csv', delimiter: ',' }),
  })
  expect(withDefaultsDownTo(schema, {}, ['format', 'delimiter'])).toEqual({ format: { type: 'csv', delimiter: ',' } })
  expect(withDefaultsDownTo(schema, { format: { type: 'json' } }, ['format', 'delimiter'])).toEqual({ format: { type: 'json' } })
  expect(withDefaultsDownTo(schema, {}, ['format'])).toEqual({})
})

test('a field knows what holds without it', () => {
  const schema = z.strictObject({ waitMs: z.int().default(5000).meta({ widget: 'duration' }) })
  expect(fieldFor(schemaAt(schema, {}, ['waitMs']) ?? schema, ['waitMs'])).toMatchObject({
    optional: true,
    fallback: { has: true, value: 5000 },
  })
})

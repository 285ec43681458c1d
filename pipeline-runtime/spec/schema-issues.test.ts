import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkSchema } from './schema-issues.ts'

const schema = z.strictObject({
  size: z.int().min(2).max(9).optional().meta({ title: 'Size' }),
  mode: z.enum(['final', 'updates']).optional(),
  tags: z.array(z.string().max(3)).max(2).optional(),
  at: z.iso.datetime().optional(),
  even: z.int().multipleOf(2).optional(),
  sample: z
    .union([
      z.strictObject({ shape: z.enum(['purchases', 'sensors']), seed: z.int().optional() }),
      z.strictObject({ file: z.string() }),
      z.literal('none'),
    ])
    .optional(),
  own: z
    .string()
    .refine((text) => text !== 'bad', { message: 'Bad is never good', params: { code: 'NEVER_BAD' } })
    .optional(),
})

test.each<readonly [Record<string, unknown>, readonly string[]]>([
  [{ size: 1 }, ['WRONG_VALUE /size "size" has to be at least 2, not 1.']],
  [{ size: 10 }, ['WRONG_VALUE /size "size" has to be at most 9, not 10.']],
  [{ size: 2.5 }, ['WRONG_TYPE /size "size" has to be a whole number, not 2.5.']],
  [{ mode: 'finl' }, ['WRONG_VALUE /mode "mode" cannot be "finl". Did you mean "final"? It has to be final or updates.']],
  [
    { tags: ['abcd', 1] },
    ['WRONG_VALUE /tags/0 Item 1 of tags has to have at most 3 letters.', 'WRONG_TYPE /tags/1 Item 2 of tags has to be a text, not 1.'],
  ],
  [{ tags: ['a', 'b', 'c'] }, ['WRONG_VALUE /tags "tags" has to have at most 2 items.']],
  [{ at: '1.1.2026' }, ['WRONG_VALUE /at "at" cannot be "1.1.2026": write a time such as 2026-01-01T00:00:00Z.']],
  [{ even: 3 }, ['WRONG_VALUE /even "even" has to be a multiple of 2, not 3.']],
  [{ own: 'bad' }, ['NEVER_BAD /own Bad is never good.']],
  [
    { sample: { shape: 'purchase', sed: 1 } },
    [
      'WRONG_VALUE /sample/shape "shape" cannot be "purchase". Did you mean "purchases"? It has to be purchases or sensors.',
      'UNKNOWN_FIELD /sample/sed There is no field "sed" in sample. Did you mean "seed"?',
    ],
  ],
  [{ sample: { file: 1 } }, ['WRONG_TYPE /sample/file "file" has to be a text, not 1.']],
  [{ sample: 5 }, ['WRONG_VALUE /sample "sample" cannot be 5. It has to be an object in { } or the value "none".']],
  [
    { 'a/b~c': 1 },
    ['UNKNOWN_FIELD /a~1b~0c There is no field "a/b~c". Remove it. Known here: size, mode, tags, at, even, sample and own.'],
  ],
])('%j', (value, expected) => {
  const checked = checkSchema(schema, value)
  expect(checked.ok ? [] : checked.issues.map(({ code, path, message }) => `${code} ${path} ${message}`)).toEqual(expected)
})

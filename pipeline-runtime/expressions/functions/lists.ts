import { BIGINT, NULL, STRING } from '../../data/types.ts'
import type { Value } from '../../data/value.ts'
import type { FunctionEntry } from '../function-entry.ts'
import { ExpressionError } from '../issues.ts'
import { jsonPath, jsonScalar } from '../json-path.ts'

export const listFunctions: readonly FunctionEntry[] = [
  {
    kind: 'function',
    name: 'CARDINALITY',
    topic: 'Lists, maps and JSON',
    doc: 'The number of elements of a list or of entries of a map.',
    examples: [{ text: 'CARDINALITY(tags)', value: '2' }],
    parameters: [{ name: 'list', accepts: 'COLLECTION' }],
    result: BIGINT,
    prepare: () => (list: readonly Value[] | ReadonlyMap<string, Value>) =>
      list instanceof Map ? list.size : (list as readonly Value[]).length,
  },
  {
    kind: 'function',
    name: 'ELEMENT',
    topic: 'Lists, maps and JSON',
    doc: 'The only element of a list; NULL for an empty one, an error of the record for a longer one.',
    examples: [{ text: 'ELEMENT(single)', value: 'only' }],
    parameters: [{ name: 'list', accepts: 'ARRAY' }],
    result: ([list]) => (list?.name === 'ARRAY' ? list.element : NULL),
    prepare: () => (list: readonly Value[]) => {
      if (list.length > 1) throw new ExpressionError('NOT_SINGLE', `ELEMENT takes a list of one element, and this one has ${list.length}.`)
      return list[0] ?? null
    },
  },
  {
    kind: 'function',
    name: 'JSON_VALUE',
    topic: 'Lists, maps and JSON',
    usage: "JSON_VALUE(text, '$.path')",
    doc: 'The text, number or truth value at a path of a JSON text, as text with the digits as written; NULL where there is none, or an object, a list or null.',
    examples: [
      { text: `JSON_VALUE('{"user": {"id": 9007199254740993}}', '$.user.id')`, value: '9007199254740993' },
      { text: `JSON_VALUE('{"items": ["a", "b"]}', 'lax $.items[1]')`, value: 'b' },
      { text: `JSON_VALUE('{"a": {}}', '$.a')`, value: 'NULL' },
    ],
    parameters: [
      { name: 'text', accepts: 'STRING' },
      { name: 'path', accepts: 'STRING' },
    ],
    result: STRING,
    prepare: (context) => {
      const constant = context.constant(1)
      if (typeof constant === 'string') {
        const steps = jsonPath(constant)
        return (text: string) => jsonScalar(text, steps)
      }
      return (text: string, path: string) => jsonScalar(text, jsonPath(path))
    },
  },
]

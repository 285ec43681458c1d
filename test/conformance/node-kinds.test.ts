import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { exampleSchemas, runNodeExample } from '../../build/generate/run-node-example.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { operators } from '../../pipeline-runtime/nodes/operators.ts'
import type { NodeIssue, NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'

// Every kind of node passes this suite.

const KINDS: readonly NodeKind[] = kinds

/** Experience.md, "Words": what stands behind ⓘ and nowhere else. */
const TECHNICAL = new RegExp(
  `\\b(${[
    'watermarks?',
    'bounded.?delay',
    'allowed.?lateness',
    'nodes?',
    'edges?',
    'issues?',
    'idleness',
    'offsets?',
    'changelog',
    'state',
    'consumer.?group',
    'tumbling',
    'hopping',
    'session windows?',
    'at-least-once',
    'exactly-once',
    'lag',
    'back-?pressure',
    'dead.?letters?',
    'tombstones?',
  ].join('|')})\\b`,
  'i',
)

describe.each(KINDS.map((kind) => [kind.kind, kind] as const))('%s', (name, kind) => {
  const configs = kind.examples.map((example) => kind.config.parse(example.config))

  it('has a name in kebab-case that is used once', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(KINDS.filter((other) => other.kind === name)).toHaveLength(1)
  })

  it('says in words what it is, without technical terms', () => {
    for (const text of [kind.title, kind.description, ...configs.map((config) => kind.sentence(config))]) {
      expect(text.length).toBeGreaterThan(2)
      expect(text).not.toMatch(TECHNICAL)
    }
    expect(kind.icon).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })

  it('has ports with names in kebab-case, each used once on its side', () => {
    for (const config of configs) {
      const ports = kind.ports(config)
      for (const side of [ports.in, ports.out]) expect(new Set(side.map((port) => port.name)).size).toBe(side.length)
      for (const port of [...ports.in, ...ports.out]) {
        expect(port.name).toMatch(/^[a-z]+(-[a-z]+)*$/)
        expect(port.title).not.toMatch(TECHNICAL)
      }
      expect(ports.in.length + ports.out.length).toBeGreaterThan(0)
    }
  })

  it('derives a schema with the role of the port for every out port and for no other', () => {
    kind.examples.forEach((example, i) => {
      const config = configs[i]
      const issues: NodeIssue[] = []
      const outputs = kind.derive(config, exampleSchemas(kind, config, example.given), {
        timeZone: 'UTC',
        issue: (issue) => issues.push(issue),
      })
      expect(issues).toEqual([])
      expect(Object.entries(outputs).map(([port, schema]) => [port, schema.role])).toEqual(
        expect.arrayContaining(kind.ports(config).out.map((port) => [port.name, port.role])),
      )
      expect(Object.keys(outputs)).toHaveLength(kind.ports(config).out.length)
    })
  })

  it('derives without throwing while what leads into it is unknown', () => {
    for (const config of configs) {
      for (const none of [[], [undefined]]) {
        const inputs = Object.fromEntries(kind.ports(config).in.map((port) => [port.name, none]))
        expect(() => kind.derive(config, inputs, { timeZone: 'UTC', issue() {} })).not.toThrow()
      }
    }
  })

  it('has a title and a description for every field, in names that follow the rules', () => {
    for (const field of fieldsOf(kind.config)) {
      expect(field.name, field.path).toMatch(/^[a-z][a-zA-Z0-9]*$/)
      expect(field.meta.title, `title of ${field.path}`).toBeTruthy()
      expect(field.meta.description, `description of ${field.path}`).toBeTruthy()
      expect(field.meta.title, field.path).not.toMatch(TECHNICAL)
      if (field.meta.widget === 'duration') expect(field.name, 'durations are milliseconds').toMatch(/Ms$/)
      if (/(duration|timeout|interval|delay|lateness)$/i.test(field.name)) expect.fail(`${field.path} is a duration and does not end in Ms`)
    }
  })

  it('says of an expression where it is wrong, in the config and in the text', () => {
    kind.examples.forEach((example, i) => {
      for (const path of expressionPaths(kind.config, configs[i])) {
        const issues: NodeIssue[] = []
        const broken = withValueAt(configs[i], path, 'no_such_column + 1 > ')
        kind.derive(broken, exampleSchemas(kind, broken, example.given), { timeZone: 'UTC', issue: (issue) => issues.push(issue) })
        expect(
          issues.filter(({ path: at, range }) => range !== undefined && at.join('/') === path.join('/')).length,
          path.join('/'),
        ).toBeGreaterThan(0)
      }
    })
  })

  it('has one migration for each older version', () => {
    expect(kind.migrations).toHaveLength(kind.version - 1)
  })

  it('has examples', () => {
    expect(kind.examples.length).toBeGreaterThanOrEqual(1)
  })

  it('says when to use it, what becomes of the other rows, what it costs and what it is called elsewhere', () => {
    const { whenToUse, otherRows, limits, flink, kafkaStreams } = kind.reference ?? {
      whenToUse: '',
      otherRows: '',
      limits: '',
      flink: '',
      kafkaStreams: '',
    }
    for (const text of [whenToUse, otherRows, limits, flink, kafkaStreams]) expect(text).toMatch(/^.{10,}[.:]$/s)
  })

  it.each(kind.examples.map((example) => [example.title, example] as const))('example: %s', (_title, example) => {
    const { outputs } = runNodeExample(kind, example.config, example.given)
    // Ports that an example does not name have nothing to say.
    for (const port of Object.keys(example.expect)) expect(Object.keys(outputs)).toContain(port)
    for (const [port, rows] of Object.entries(outputs)) {
      const expected = example.expect[port] ?? []
      expect(rows, port).toHaveLength(expected.length)
      expect(rows, port).toEqual(expected.map((row) => expect.objectContaining(row)))
    }
  })
})

describe('the lists', () => {
  it('have the same kinds', () => {
    expect(Object.keys(operators).sort()).toEqual(KINDS.map(({ kind }) => kind).sort())
  })
})

interface ConfigField {
  readonly path: string
  readonly name: string
  readonly meta: Readonly<Record<string, unknown>>
}

interface Def {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly innerType?: z.ZodType
  readonly element?: z.ZodType
  readonly options?: readonly z.ZodType[]
}

/** All fields of a config, those of nested objects, lists and choices too. */
function fieldsOf(schema: z.ZodType, path = ''): ConfigField[] {
  const def = schema._zod.def as Def // What zod keeps of the kinds of schemas that configs are made of.
  if (def.shape !== undefined) {
    return Object.entries(def.shape).flatMap(([name, field]) => {
      const at = `${path}/${name}`
      return [{ path: at, name, meta: metaOf(field) }, ...fieldsOf(field, at)]
    })
  }
  const inside = [def.innerType, def.element, ...(def.options ?? [])].filter((inner) => inner !== undefined)
  return inside.flatMap((inner) => fieldsOf(inner, path))
}

type Path = readonly (string | number)[]

/** Where a config has expressions. */
function expressionPaths(schema: z.ZodType, value: unknown, path: Path = []): Path[] {
  if (value === undefined) return []
  if (metaOf(schema).widget === 'expression') return [path]
  const { shape, element, innerType } = schema._zod.def as Def // As above.
  if (innerType !== undefined) return expressionPaths(innerType, value, path)
  if (element !== undefined && Array.isArray(value)) return value.flatMap((item, i) => expressionPaths(element, item, [...path, i]))
  const fields = value as Readonly<Record<string, unknown>> // What the schema has parsed.
  return Object.entries(shape ?? {}).flatMap(([name, field]) => expressionPaths(field, fields[name], [...path, name]))
}

function withValueAt(config: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (Array.isArray(config)) return config.map((item, i) => (i === first ? withValueAt(item, rest, value) : item))
  const fields = config as Readonly<Record<string, unknown>> // A path of the config leads here.
  return { ...fields, [first]: withValueAt(fields[first], rest, value) }
}

/** What the outermost wrapper says wins over what it wraps. */
function metaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { innerType } = schema._zod.def as Def // As above.
  return { ...(innerType === undefined ? {} : metaOf(innerType)), ...schema.meta() }
}

import { z } from 'zod'
import { documentNode, documentSchema } from './document.ts'
import { isJsonObject, type JsonObject } from './json.ts'
import type { NodeKind } from './node-kind.ts'
import { specSchema } from './spec-schema.ts'

/** The JSON Schema of documents, with the settings of each kind: editors complete and check by it. */
export function documentJsonSchema(kinds: readonly NodeKind[]): JsonObject {
  const schema = jsonSchema(documentSchema)
  const properties = isJsonObject(schema.properties) ? schema.properties : {}
  const nodes = isJsonObject(properties.nodes) ? properties.nodes : {}
  const sorted = [...kinds].sort((a, b) => (a.kind < b.kind ? -1 : 1))
  const variants = sorted.map((kind) => ({ $ref: `#/$defs/${kind.kind}` }))
  return {
    ...schema,
    properties: { ...properties, nodes: { ...nodes, items: { oneOf: [...variants, { $ref: '#/$defs/unknown kind' }] } } },
    $defs: {
      ...Object.fromEntries(sorted.map((kind) => [kind.kind, nodeSchema(kind)])),
      'unknown kind': unknownNode(sorted),
    },
  }
}

export function specJsonSchema(): JsonObject {
  return jsonSchema(specSchema)
}

/** The JSON Schema of the settings of a kind. */
function configJsonSchema(kind: NodeKind): JsonObject {
  const { $schema: _dialect, ...schema } = jsonSchema(kind.config)
  return schema
}

function nodeSchema(kind: NodeKind): JsonObject {
  const config = configJsonSchema(kind)
  const needsConfig = Array.isArray(config.required) && config.required.length > 0
  const node = bareNode()
  return {
    ...node,
    title: kind.title,
    description: kind.description,
    properties: { ...propertiesOf(node), kind: { const: kind.kind, title: 'Kind' }, config: { title: 'Settings', ...config } },
    required: ['id', 'kind', ...(needsConfig ? ['config'] : [])],
  }
}

/** A document may hold kinds of a newer version: they are kept, and named by the compiler. */
function unknownNode(kinds: readonly NodeKind[]): JsonObject {
  const node = bareNode()
  const known = kinds.map(({ kind }) => kind).join('|')
  return {
    ...node,
    title: 'A kind that is not known here',
    properties: { ...propertiesOf(node), kind: { type: 'string', pattern: `^(?!(?:${known})$)` } },
  }
}

function bareNode(): JsonObject {
  const { $schema: _dialect, ...node } = jsonSchema(documentNode)
  return node
}

function propertiesOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema.properties) ? schema.properties : {}
}

function jsonSchema(schema: z.ZodType): JsonObject {
  // Through text, so that it is plain JSON: without prototypes, getters and undefined.
  const json: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })))
  return isJsonObject(json) ? json : {}
}

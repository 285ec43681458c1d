import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { documentJsonSchema, specJsonSchema } from '../../pipeline-runtime/spec/json-schemas.ts'

/** The JSON Schemas of documents and specs, for editors and for other programs. Paths are relative to the repository's root. */
export function generate(): { path: string; text: string }[] {
  return [
    { path: 'docs/reference/schemas/document.schema.json', text: print(documentJsonSchema(kinds)) },
    { path: 'docs/reference/schemas/spec.schema.json', text: print(specJsonSchema()) },
  ]
}

function print(schema: unknown): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}

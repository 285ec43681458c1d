import { type KindName, kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import { metaOf, shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'
import type { Studio } from '../app/studio.ts'

/** What a new step of a kind most likely connects to: what the other steps connect to, else the cluster on which the next run is. */
export function usualConnection(studio: Studio, kind: KindName): Readonly<Record<string, string>> {
  const field = connectionField(kind)
  if (field === undefined) return {}
  const { target } = studio.runs.getState().settings
  const used = studio.documents.getState().document.nodes.flatMap((node) => {
    const named = connectionField(node.kind)
    const name = named === undefined ? undefined : node.config[named]
    return typeof name === 'string' && name !== '' ? [name] : []
  })
  const name = used[0] ?? (target.type === 'kafka' ? target.name : undefined)
  return name === undefined ? {} : { [field]: name }
}

/** The setting in which a kind names its connection. */
function connectionField(kind: string): string | undefined {
  const definition = kindNamed(kind)
  const fields = Object.entries((definition === undefined ? undefined : shapeOf(definition.config)) ?? {})
  return fields.find(([, schema]) => metaOf(schema).widget === 'connection')?.[0]
}

import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { EdgeSchema } from '../../pipeline-runtime/spec/edge-schema.ts'
import { nodeOf, portOf } from './change.ts'
import type { CompiledState } from './compiled-store.ts'
import { graphIndex } from './graph-index.ts'

type Outputs = CompiledState['outputs']

/** What leaves by a port; undefined while it is not known (its step, or one in front of it, has errors). */
export function outputSchema(outputs: Outputs, nodeId: string, port: string): EdgeSchema | undefined {
  const ports = outputs.get(nodeId)
  return ports !== undefined && Object.hasOwn(ports, port) ? ports[port] : undefined
}

/** What the edges into a node carry, in document order; edges of which nothing is known are left out. */
export function inputSchemas(document: Document, outputs: Outputs, nodeId: string): readonly EdgeSchema[] {
  return (graphIndex(document).into.get(nodeId) ?? []).flatMap(({ from }) => {
    const schema = outputSchema(outputs, nodeOf(from), portOf(from))
    return schema === undefined ? [] : [schema]
  })
}

import { kindNamed } from '../../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../../pipeline-runtime/spec/document.ts'
import { shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { type Widget, widgetOf } from './form-field.ts'

/** What the steps of a document have in settings of a widget: names of connections or topics to choose again. */
export function usedValues(document: Document, widget: Widget): readonly string[] {
  const found = new Set<string>()
  for (const { kind, config } of document.nodes) {
    const definition = kindNamed(kind)
    if (definition === undefined) continue
    for (const [name, schema] of Object.entries(shapeOf(definition.config) ?? {})) {
      const value = config[name]
      if (widgetOf(schema) === widget && typeof value === 'string') found.add(value)
    }
  }
  return [...found].sort()
}

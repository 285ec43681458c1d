import { type KindName, kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { SampledRows } from '../../pipeline-runtime/rpc/runtime-api.ts'
import { metaOf, shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'
import type { TakenColumns } from '../inspector/columns/TakeColumnsDialog.tsx'
import { withoutFormatDefaults } from '../inspector/columns/without-format-defaults.ts'

/** A step that reads, ready to be added. */
export interface SourceStep {
  readonly kind: KindName
  readonly config: Record<string, unknown>
}

/** Where it reads, by the widget of the setting that holds it: `{ path: 'orders.csv' }`, `{ connection: 'shop', topic: 'orders' }`. */
export type SourcePlace = { readonly path: string } | { readonly connection: string; readonly topic: string }

/**
 * The step that reads from there, with columns learned from a sample. Its kind is the one in the catalogue that reads and has a setting with
 * the right widget; its settings are found in the same way: no name of a kind stands here.
 */
export function sourceStep(place: SourcePlace, taken: TakenColumns | undefined): SourceStep {
  const widget = 'path' in place ? 'path' : 'topic'
  const kind = kinds.find((candidate) => candidate.category === 'read' && fieldOf(candidate.config, widget) !== undefined)
  if (kind === undefined) throw new Error(`No kind of step reads a ${widget}.`)
  const values: Readonly<Record<string, unknown>> = {
    ...place,
    ...(taken === undefined ? {} : { 'source-columns': taken.columns, column: taken.eventTime }),
  }
  const config: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(shapeOf(kind.config) ?? {})) {
    const value = name === 'format' ? taken?.format : values[String(metaOf(schema).widget)]
    if (value !== undefined) config[name] = value
  }
  return { kind: kind.kind, config }
}

function fieldOf(config: Parameters<typeof shapeOf>[0], widget: string): string | undefined {
  return Object.entries(shapeOf(config) ?? {}).find(([, schema]) => metaOf(schema).widget === widget)?.[0]
}

/** What a sample tells, as a document has it. */
export function takenFrom({ columns, eventTime, format }: SampledRows): TakenColumns {
  return {
    columns: columns.map(({ name, type, unit }) => ({ name, type, ...(unit === undefined || unit === 'iso' ? {} : { unit }) })),
    eventTime,
    format: withoutFormatDefaults(format),
  }
}

/** `/data/Orders 2026.csv` → `Orders 2026`. */
export function titleOfFile(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path
  return name.replace(/\.[^.]+$/, '') || name
}

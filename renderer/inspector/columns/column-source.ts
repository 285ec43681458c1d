import type { RunTarget } from '../../../pipeline-runtime/rpc/run-target.ts'
import type { SampleShape } from '../../../pipeline-runtime/samples/sample-shape.ts'
import { shapeNamed } from '../../../pipeline-runtime/samples/samples.ts'
import { isJsonObject, type JsonObject } from '../../../pipeline-runtime/spec/json.ts'
import type { FormatConfig, NodeKind } from '../../../pipeline-runtime/spec/node-kind.ts'
import { shapeOf } from '../../../pipeline-runtime/spec/schema-walk.ts'
import { widgetOf } from '../form/form-field.ts'

type ClusterTarget = Exclude<RunTarget, { type: 'sample' }>

/** From where the columns of a source can be learned, or what is missing for that. */
export type ColumnSource =
  | { readonly type: 'topic'; readonly topic: string; readonly target: ClusterTarget; readonly format: FormatConfig | undefined }
  | { readonly type: 'file'; readonly path: string; readonly format: FormatConfig | undefined }
  | { readonly type: 'shape'; readonly shape: SampleShape }
  | { readonly type: 'none'; readonly reason: string }

/** `columnsName`: the setting that holds the columns, which may still be missing. */
export function columnSource(kind: NodeKind, config: unknown, columnsName: string, target: RunTarget): ColumnSource {
  const settings = isJsonObject(config) ? config : {}
  const parsed = kind.config.safeParse({ ...settings, [columnsName]: [] })
  const binding = parsed.success ? kind.binding?.(parsed.data) : undefined
  const format =
    isJsonObject(settings.format) && typeof settings.format.type === 'string'
      ? { ...settings.format, type: settings.format.type }
      : undefined
  if (binding?.type === 'file') return { type: 'file', path: binding.path, format }
  if (binding?.type === 'topic' && target.type !== 'sample') return { type: 'topic', topic: binding.topic, target, format }
  return sampleOf(kind, settings, format) ?? none(kind, binding !== undefined)
}

function sampleOf(kind: NodeKind, settings: JsonObject, format: FormatConfig | undefined): ColumnSource | undefined {
  const name = nameOfWidget(kind, 'sample')
  const sample = name === undefined ? undefined : settings[name]
  if (!isJsonObject(sample)) return undefined
  const shape = typeof sample.shape === 'string' ? shapeNamed(sample.shape) : undefined
  if (shape !== undefined) return { type: 'shape', shape }
  return typeof sample.file === 'string' ? { type: 'file', path: sample.file, format } : undefined
}

function none(kind: NodeKind, bound: boolean): ColumnSource {
  if (nameOfWidget(kind, 'topic') !== undefined) {
    return bound
      ? { type: 'none', reason: 'To read columns from the topic, choose a connection in the run bar; or give this step sample data below.' }
      : { type: 'none', reason: 'Choose a connection and a topic to read columns from it.' }
  }
  return { type: 'none', reason: 'Choose a file to read columns from it.' }
}

function nameOfWidget(kind: NodeKind, widget: 'sample' | 'topic'): string | undefined {
  return Object.entries(shapeOf(kind.config) ?? {}).find(([, schema]) => widgetOf(schema) === widget)?.[0]
}

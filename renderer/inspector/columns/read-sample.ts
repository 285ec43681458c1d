import { printType } from '../../../pipeline-runtime/data/types.ts'
import { formatConfig, formatNamed } from '../../../pipeline-runtime/formats/formats.ts'
import type { SampledRows } from '../../../pipeline-runtime/rpc/runtime-api.ts'
import type { SampleShape } from '../../../pipeline-runtime/samples/sample-shape.ts'
import type { Studio } from '../../app/studio.ts'
import { shapeRows } from '../../expression-editor/shape-rows.ts'
import { wireCell } from '../../expression-editor/wire-values.ts'
import { dataFolder } from '../../files/data-folder.ts'
import type { ColumnSource } from './column-source.ts'

const LIMIT = 100

/** Rows with the columns that they seem to have. Rejects where the source cannot be read. */
export async function readSample(studio: Studio, source: ColumnSource): Promise<SampledRows> {
  switch (source.type) {
    case 'none':
      throw new Error(source.reason)
    case 'shape':
      return sampleOfShape(source.shape)
    case 'topic': {
      const client = await studio.host.runtime.ready()
      return client.data.sampleTopic({ target: source.target, topic: source.topic, limit: LIMIT, ...formatOf(source.format) })
    }
    case 'file': {
      const client = await studio.host.runtime.ready()
      const folder = dataFolder(studio)
      return client.data.sampleFile({ path: source.path, folder, limit: LIMIT, ...formatOf(source.format) })
    }
  }
}

function formatOf(format: unknown) {
  const parsed = formatConfig.safeParse(format)
  return parsed.success ? { format: parsed.data } : {}
}

/** What the source's format of a shape is known to be: nothing has to be guessed. */
function sampleOfShape(shape: SampleShape): SampledRows {
  const format = formatNamed('json')?.options.parse({ type: 'json' })
  const rows = shapeRows({ shape: shape.name }, shape.columns, { type: 'json' }, LIMIT)
  return {
    format: formatConfig.parse(format),
    columns: shape.columns.map(({ name, type, unit }) => ({ name, type: printType(type), ...(unit === undefined ? {} : { unit }) })),
    eventTime: shape.eventTimeColumn,
    records: rows.length,
    page: {
      columns: shape.columns.map(({ name, type }) => ({ name, type: printType(type) })),
      rows: rows.map((row, seq) => ({
        seq,
        cells: shape.columns.map(({ name, type }) => wireCell(type, row.get(name) ?? null)),
        eventTimeMs: 0,
        kind: 'insert' as const,
      })),
      total: rows.length,
      firstSeq: 0,
      open: [],
    },
  }
}

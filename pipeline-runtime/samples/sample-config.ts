import { z } from 'zod'
import { formatConfig } from '../formats/formats.ts'
import type { SampleRecord, SampleShape } from './sample-shape.ts'
import { sampleShapes, shapeNamed } from './samples.ts'

const DEFAULT_SECONDS = 15 * 60
const share = z.number().min(0).max(1)
const delay = z.int().min(0).max(86_400_000)

const partitions = z
  .int()
  .min(1)
  .max(64)
  .default(1)
  .meta({ title: 'Partitions', description: 'In how many parts the sample topic is stored; rows go to a part by their key.' })

const shapeSample = z
  .strictObject({
    shape: z.enum(sampleShapes.map(({ name }) => name)).meta({ title: 'Shape', description: 'Which built-in sample data.' }),
    seed: z
      .int()
      .min(0)
      .default(1)
      .meta({ title: 'Seed', description: 'Another number gives other rows of the same kind; the same number the same rows.' }),
    ratePerSecond: z
      .number()
      .min(0.1)
      .max(100_000)
      .optional()
      .meta({ title: 'Rows per second', description: 'As a rule what suits the shape.' }),
    start: z.iso
      .datetime({ offset: true })
      .default('2026-01-01T00:00:00Z')
      .meta({ title: 'First row at', description: 'For runs that read all and stop; live runs start 15 minutes in the past.' }),
    count: z
      .int()
      .min(1)
      .max(100_000_000)
      .optional()
      .meta({ title: 'Rows', description: "For runs that read all and stop: how many there are; as a rule 15 minutes' worth." }),
    partitions,
    delayedShare: share.optional().meta({ title: 'Share delayed', description: 'Of all rows, how many arrive late: 0.03 is 3 %.' }),
    delayMinMs: delay
      .optional()
      .meta({ title: 'Shortest delay', description: 'Milliseconds from the event to its arrival, for delayed rows.', widget: 'duration' }),
    delayMaxMs: delay
      .optional()
      .meta({ title: 'Longest delay', description: 'Milliseconds from the event to its arrival, for delayed rows.', widget: 'duration' }),
    undecodableShare: share.default(0).meta({ title: 'Share unreadable', description: 'Of all rows, how many are cut off in the middle.' }),
    faults: z
      .record(z.string(), z.boolean())
      .optional()
      .meta({ title: 'Planted faults', description: 'By name, on or off; those not named are on.' }),
  })
  .superRefine((config, context) => {
    const shape = shapeNamed(config.shape)
    for (const name of Object.keys(config.faults ?? {})) {
      if (shape?.faults.some((fault) => fault.name === name)) continue
      const known = shape?.faults.map((fault) => fault.name).join(', ')
      context.addIssue({ code: 'custom', path: ['faults', name], message: `${config.shape} has no fault ${name}; it has ${known}` })
    }
    const { delayMinMs, delayMaxMs } = { ...shape?.defaults, ...withoutUndefined(config) }
    if (delayMinMs !== undefined && delayMaxMs !== undefined && delayMinMs > delayMaxMs) {
      context.addIssue({
        code: 'custom',
        path: ['delayMaxMs'],
        message: `the longest delay, ${delayMaxMs} ms, is below the shortest, ${delayMinMs} ms`,
      })
    }
  })

const fileSample = z.strictObject({
  file: z.string().min(1).meta({ title: 'File', description: "A file of rows, relative to the document's folder." }),
  format: formatConfig.optional().meta({ title: 'Format of the file', description: "As a rule the source's own." }),
  partitions,
})

/** The `sample` block of a source: what feeds it where it is bound to sample data. */
export const sampleConfig = z
  .union([shapeSample, fileSample])
  .meta({ title: 'Sample data', description: 'What this source reads while no cluster is connected.' })

export type ShapeSample = z.output<typeof shapeSample>

export interface OpenedSample {
  readonly shape: SampleShape
  readonly partitions: number
  readonly records: IterableIterator<SampleRecord>
}

/** The rows of a `sample` block that names a shape: endless unless `bounded`, from `startMs` where given instead of the block's own start. */
export function openShape(config: ShapeSample, run: { readonly startMs?: number | undefined; readonly bounded: boolean }): OpenedSample {
  const shape = shapeNamed(config.shape)
  if (shape === undefined) throw new Error(`There is no sample data ${config.shape}.`)
  const ratePerSecond = config.ratePerSecond ?? shape.defaults.ratePerSecond
  const count = run.bounded ? (config.count ?? Math.max(1, Math.round(ratePerSecond * DEFAULT_SECONDS))) : undefined
  const { seed, delayedShare, delayMinMs, delayMaxMs, undecodableShare, faults } = config
  const options = {
    ...shape.defaults,
    ...withoutUndefined({ delayedShare, delayMinMs, delayMaxMs }),
    seed,
    ratePerSecond,
    count,
    undecodableShare,
    faults,
  }
  const records = shape.generate({ ...options, startMs: run.startMs ?? Date.parse(config.start) })
  return { shape, partitions: config.partitions, records }
}

function withoutUndefined(delays: { delayedShare?: number | undefined; delayMinMs?: number | undefined; delayMaxMs?: number | undefined }) {
  const { delayedShare, delayMinMs, delayMaxMs } = delays
  return {
    ...(delayedShare === undefined ? {} : { delayedShare }),
    ...(delayMinMs === undefined ? {} : { delayMinMs }),
    ...(delayMaxMs === undefined ? {} : { delayMaxMs }),
  }
}

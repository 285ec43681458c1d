import { z } from 'zod'
import { guarantees, startPosition, stopPosition } from './document.ts'

const portName = z.strictObject({ node: z.string(), port: z.string() })

const schema = z.strictObject({
  columns: z
    .array(z.strictObject({ name: z.string(), type: z.string() }))
    .meta({ title: 'Columns', description: 'Types as text: `DECIMAL(10, 2)`.' }),
  recordParts: z.boolean().meta({ title: 'Record parts', description: 'Whether the rows are still records of a source.' }),
  mode: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('append') }),
    z.strictObject({ type: z.literal('upsert'), key: z.array(z.string()) }),
  ]),
  role: z.enum(['rows', 'late', 'dead-letter']),
})

/** The structure of a compiled spec: the `Spec` of `spec.ts`. */
export const specSchema = z
  .strictObject({
    specVersion: z.literal(1).meta({ title: 'Spec version' }),
    hash: z
      .string()
      .meta({ title: 'Hash', description: 'SHA-256 in hex over the RFC 8785 form of the spec without `hash` and `drawing`.' }),
    kinds: z.record(z.string(), z.int().min(1)).meta({ title: 'Kinds', description: 'Versions of the settings of the kinds in use.' }),
    timeZone: z.string().meta({ title: 'Time zone' }),
    guarantee: z.enum(guarantees).meta({ title: 'Guarantee' }),
    start: startPosition.meta({ title: 'Start' }),
    stop: stopPosition.meta({ title: 'Stop' }),
    nodes: z
      .array(
        z.strictObject({
          id: z.string(),
          kind: z.string(),
          config: z.record(z.string(), z.unknown()).meta({ title: 'Settings', description: 'Checked, with defaults filled in.' }),
          stage: z.int().min(0),
          outputs: z.record(z.string(), schema).meta({ title: 'Outputs', description: 'By out port.' }),
        }),
      )
      .meta({ title: 'Nodes', description: 'Upstream first.' }),
    edges: z
      .array(
        z.strictObject({
          from: portName,
          to: portName,
          repartitionBy: z
            .array(z.string())
            .optional()
            .meta({ title: 'Repartition by', description: 'Rows are brought together by these columns; empty: all of them.' }),
        }),
      )
      .meta({ title: 'Edges', description: 'In document order.' }),
    stages: z
      .array(z.strictObject({ id: z.int().min(0), nodes: z.array(z.string()) }))
      .meta({ title: 'Stages', description: 'Parts between repartitions, upstream first.' }),
    drawing: z
      .strictObject({
        name: z.string(),
        order: z.array(z.string()),
        titles: z.record(z.string(), z.string()),
        tests: z.array(z.unknown()),
        notes: z.array(z.unknown()),
        layout: z.record(z.string(), z.strictObject({ x: z.number(), y: z.number() })),
      })
      .meta({ title: 'Drawing', description: 'What only opening on the canvas needs; outside the hash.' }),
  })
  .meta({ title: 'Millrace spec', description: 'What `millrace compile` makes of a document, and all that the runtime takes.' })

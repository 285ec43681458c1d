import { z } from 'zod'

/** The newest structure of a document; `migrations.ts` leads older ones here. */
export const DOCUMENT_FORMAT = 1

/** What a node may be called: it stands in edges, in error messages and on the command line. */
export const NODE_ID = /^[a-z][a-z0-9_-]*$/

const time = z.iso.datetime({ offset: true })

export const startPosition = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('continue') })
    .meta({ title: 'Where the last run stopped', description: 'The first run starts at the earliest record.' }),
  z.strictObject({ type: z.literal('earliest') }).meta({ title: 'Everything there is' }),
  z.strictObject({ type: z.literal('latest') }).meta({ title: 'Only what is new' }),
  z
    .strictObject({ type: z.literal('time'), time: time.meta({ title: 'Time', description: 'ISO-8601 with zone.' }) })
    .meta({ title: 'From a time on' }),
  z
    .strictObject({ type: z.literal('last'), lastMs: z.int().min(1).meta({ title: 'How long', widget: 'duration' }) })
    .meta({ title: 'The last while' }),
])

export const stopPosition = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('never') }).meta({ title: 'Never' }),
  z.strictObject({ type: z.literal('end') }).meta({ title: 'At the end of what is there now' }),
  z
    .strictObject({ type: z.literal('time'), time: time.meta({ title: 'Time', description: 'ISO-8601 with zone.' }) })
    .meta({ title: 'At a time' }),
])

export const guarantees = ['at-least-once', 'exactly-once'] as const

export const documentNode = z.strictObject({
  id: z.string().meta({ title: 'Name', description: 'A lower-case word; edges name it.', pattern: NODE_ID.source }),
  kind: z.string().min(1).meta({ title: 'Kind' }),
  title: z.string().optional().meta({ title: 'Title', description: 'What the card shows; absent: the title of its kind.' }),
  config: z.record(z.string(), z.unknown()).default({}).meta({ title: 'Settings', description: 'Depends on the kind.' }),
})

const portReference = z.string().meta({ description: '`node.port`', pattern: '^[a-z][a-z0-9_-]*\\.[a-z][a-z0-9_-]*$' })

export const documentEdge = z.strictObject({
  from: portReference.meta({ title: 'From', description: 'Node and out port: `purchases.out`.' }),
  to: portReference.meta({ title: 'To', description: 'Node and in port: `paid.in`.' }),
})

const row = z.record(z.string(), z.unknown())

const documentTest = z.strictObject({
  name: z.string().min(1).meta({ title: 'Name' }),
  given: z.record(z.string(), z.array(row)).meta({
    title: 'Given',
    description:
      'By source: rows, which may carry `$timestamp`, `$key` and `$partition`, and the steps `{ "watermark": time }` and `{ "advanceClockMs": n }`.',
  }),
  expect: z.record(z.string(), z.array(row)).meta({ title: 'Expected', description: 'By sink: all rows that it has to write.' }),
  ordered: z.boolean().default(false).meta({ title: 'In order', description: 'Whether the rows have to come in this order.' }),
  finalWatermark: z
    .boolean()
    .default(true)
    .meta({ title: 'Final watermark', description: 'Whether time runs to its end after the last row, so that every window closes.' }),
})

/** A step among the rows of a test: an object with just this one field. */
export type TestStep = { readonly watermark: string | number } | { readonly advanceClockMs: number }

const position = z.number()

export const documentNote = z.strictObject({
  text: z.string().meta({ title: 'Text' }),
  x: position.meta({ title: 'X' }),
  y: position.meta({ title: 'Y' }),
  width: z.number().optional().meta({ title: 'Width' }),
  height: z.number().optional().meta({ title: 'Height' }),
})

/** The structure of a document. What a config holds is its kind's business; what the graph means, the compiler's. */
export const documentSchema = z
  .strictObject({
    format: z.literal(DOCUMENT_FORMAT).meta({ title: 'Format', description: 'Version of the structure of the document.' }),
    kinds: z
      .record(z.string(), z.int().min(1))
      .meta({ title: 'Kinds', description: 'The kinds of nodes in use and the version of their settings.' }),
    name: z.string().min(1).meta({ title: 'Name' }),
    timeZone: z
      .string()
      .min(1)
      .default('UTC')
      .meta({ title: 'Time zone', description: 'Of calendar windows (day, week, month) and of what is shown.', widget: 'time-zone' }),
    guarantee: z
      .enum(guarantees)
      .default('at-least-once')
      .meta({ title: 'Guarantee', description: 'What holds for the output when a run is interrupted.' }),
    start: startPosition
      .default({ type: 'continue' })
      .meta({ title: 'Start', description: 'Where reading starts unless a run says otherwise.' }),
    stop: stopPosition.default({ type: 'never' }).meta({ title: 'Stop', description: 'Where reading stops unless a run says otherwise.' }),
    nodes: z
      .array(documentNode)
      .meta({ title: 'Nodes', description: 'In the order in which they were added; sources are fed in this order on sample data.' }),
    edges: z.array(documentEdge).meta({ title: 'Edges' }),
    tests: z.array(documentTest).default([]).meta({ title: 'Tests' }),
    notes: z.array(documentNote).default([]).meta({ title: 'Notes' }),
    layout: z
      .record(z.string(), z.strictObject({ x: position, y: position }))
      .default({})
      .meta({ title: 'Layout', description: 'Where the nodes stand on the canvas.' }),
  })
  .meta({ title: 'Millrace document', description: 'A drawn stream: `*.millrace.json`.' })

/** A document in memory: defaults of the structure filled in, configs as they were written. */
export type Document = z.output<typeof documentSchema>
/** A document as people write it, with defaults left out. */
export type DocumentInput = z.input<typeof documentSchema>
export type DocumentNode = Document['nodes'][number]
export type DocumentEdge = Document['edges'][number]
export type DocumentTest = Document['tests'][number]
export type DocumentNote = Document['notes'][number]

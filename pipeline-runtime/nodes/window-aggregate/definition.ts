import { z } from 'zod'
import { array, type DataType, type Field, printType, row, TIMESTAMP } from '../../data/types.ts'
import { APPEND, DEAD_LETTER_SCHEMA, type EdgeSchema } from '../../spec/edge-schema.ts'
import { type DeriveContext, defineNodeKind } from '../../spec/node-kind.ts'
import { checkUnique, findColumn } from '../shared/columns.ts'
import { checkExpression, typeOfColumn } from '../shared/expressions.ts'
import { DEAD_LETTER_PORT, EXPRESSION_ON_ERROR, existingColumns, newColumn, onError } from '../shared/fields.ts'
import { OUT, outPorts } from '../shared/ports.ts'
import { inWords } from '../shared/words.ts'
import { aggregateNamed, aggregateNames, aggregates } from './aggregates.ts'
import { examples } from './examples.ts'
import { reference } from './reference.ts'

const window = z
  .strictObject({
    type: z.literal('tumbling').meta({ title: 'Kind', description: 'Time is cut into pieces of one length, without gaps or overlaps.' }),
    sizeMs: z.int().min(1).meta({ title: 'Every', description: 'The length of a time window.', widget: 'duration' }),
    offsetMs: z.int().default(0).meta({
      title: 'Shifted by',
      description: 'Moves where time windows begin, for example 6 h for days from 6 to 6 (UTC).',
      widget: 'duration',
    }),
  })
  .meta({
    title: 'Time window',
    description: 'How time is cut into pieces. Each row counts in the piece that its time falls into.',
    term: 'tumbling window',
    widget: 'window',
  })

const aggregate = z
  .strictObject({
    as: newColumn('Column', 'The name of the column with the result.'),
    function: z.enum(aggregateNames).meta({
      title: 'Summarise by',
      description: 'How the values are summarised.',
      choices: Object.fromEntries(aggregateNames.map((name) => [name, aggregates[name].title])),
    }),
    of: z.string().min(1).optional().meta({
      title: 'Of',
      description: 'The column, or a calculation, that is summarised. Only a count of rows does without. Empty values are left out.',
      widget: 'expression',
    }),
  })
  .meta({ title: 'Figure', description: 'One result per group and time window.' })

const config = z.strictObject({
  groupBy: existingColumns(
    'Per',
    'One result for each value of these columns; without any, one for all rows. Rows without a value are a group of their own.',
  )
    .default([])
    .meta({
      title: 'Per',
      description:
        'One result for each value of these columns; without any, one for all rows. Rows without a value are a group of their own.',
      term: 'GROUP BY',
      widget: 'column-list',
    }),
  window,
  aggregates: z
    .array(aggregate)
    .min(1)
    .meta({ title: 'Figures', description: 'What is calculated for each group and time window.', widget: 'aggregates' }),
  emit: z.enum(['final', 'updates']).meta({
    title: 'Result',
    description:
      'Once: one row when no more is expected for its time window. Keep updating: a row at each change, which replaces the one before.',
    term: 'emit mode',
    choices: { final: 'Once, when complete', updates: 'Keep updating' },
  }),
  allowedLatenessMs: z.int().min(0).default(0).meta({
    title: 'Correct results for',
    description: 'How long a finished result may still be changed. Only with "keep updating".',
    term: 'allowed lateness',
    widget: 'duration',
  }),
  closeIdleAfterMs: z.int().min(1).optional().meta({
    title: 'Finish without new rows after',
    description:
      'When nothing has arrived for this long by the clock, open time windows are finished as they are. Results then depend on when rows arrive, not only on their times.',
    term: 'processing time',
    widget: 'duration',
  }),
  onError: onError(EXPRESSION_ON_ERROR),
})

export type WindowAggregateConfig = z.output<typeof config>

export const LATE_PORT = 'late'
export const MISSED_WINDOWS: Field = {
  name: 'missed_windows',
  type: array(
    row([
      { name: 'window_start', type: TIMESTAMP },
      { name: 'window_end', type: TIMESTAMP },
    ]),
  ),
}

export const windowAggregate = defineNodeKind({
  kind: 'window-aggregate',
  version: 1,
  title: 'Summarise over time',
  term: 'windowed aggregation',
  category: 'summarise',
  icon: 'chart-histogram',
  description:
    'Counts, adds up or averages rows per group and time window. A result comes once, when no more rows are expected for its time window, or is kept up to date. Rows that arrive after their result was finished are late: they are counted and leave by a connection point of their own.',
  config,
  initial: { window: { type: 'tumbling', sizeMs: 60_000 }, aggregates: [{ as: 'count', function: 'count' }], emit: 'final' },
  ports: ({ onError }) => ({
    in: [{ name: 'in', title: 'Rows' }],
    out: outPorts(onError, OUT, { name: LATE_PORT, title: 'Late', role: 'late' }),
  }),
  derive(config, inputs, context) {
    const setAside = config.onError === 'dead-letter' ? { [DEAD_LETTER_PORT]: DEAD_LETTER_SCHEMA } : {}
    checkTimes(config, context)
    checkNames(config, context)
    const input = inputs.in?.[0]
    if (input === undefined) return setAside
    return { out: resultSchema(config, input, context), [LATE_PORT]: lateSchema(input, context), ...setAside }
  },
  sentence({ groupBy, window, aggregates: list }) {
    const per = groupBy.length === 0 ? '' : `per ${groupBy.join(', ')}, `
    const figures = list.map(({ function: name, of }) => (of === undefined ? aggregates[name].title : `${aggregates[name].title} of ${of}`))
    return `${per}every ${inWords(window.sizeMs)}: ${figures.join(', ')}`
  },
  groupedBy: ({ groupBy }) => groupBy,
  promise: 'set',
  migrations: [],
  examples,
  reference,
})

function checkTimes(config: WindowAggregateConfig, context: DeriveContext): void {
  if (config.emit === 'final' && config.allowedLatenessMs > 0) {
    context.issue({
      code: 'LATENESS_WITH_FINAL',
      path: ['allowedLatenessMs'],
      message:
        'A result that comes once cannot be corrected afterwards. Set "Wait for stragglers" at the source instead, or choose "Keep updating".',
      fix: { title: 'Do not correct results', edits: [{ path: ['allowedLatenessMs'] }] },
    })
  }
  if (Math.abs(config.window.offsetMs) >= config.window.sizeMs) {
    context.issue({
      code: 'OFFSET_BEYOND_SIZE',
      path: ['window', 'offsetMs'],
      message: `Time windows of ${inWords(config.window.sizeMs)} can be shifted by less than their length only.`,
      fix: { title: 'Shift by the rest', edits: [{ path: ['window', 'offsetMs'], value: config.window.offsetMs % config.window.sizeMs }] },
    })
  }
}

const RESERVED = ['window_start', 'window_end']

function checkNames({ groupBy, aggregates: list }: WindowAggregateConfig, context: DeriveContext): void {
  checkUnique(groupBy, (i) => ['groupBy', i], context)
  groupBy.forEach((name, i) => {
    if (RESERVED.includes(name)) context.issue(clash(name, ['groupBy', i], 'Rename the column in a step in front.'))
  })
  const names = list.map(({ as }) => as)
  checkUnique(names, (i) => ['aggregates', i, 'as'], context)
  names.forEach((name, i) => {
    if (RESERVED.includes(name) || groupBy.includes(name))
      context.issue(clash(name, ['aggregates', i, 'as'], 'Give the figure another name.'))
  })
}

function clash(name: string, path: readonly (string | number)[], what: string) {
  return { code: 'DUPLICATE_COLUMN', path, message: `The result has a column "${name}" already. ${what}` }
}

function resultSchema(config: WindowAggregateConfig, input: EdgeSchema, context: DeriveContext): EdgeSchema {
  const columns: Field[] = []
  config.groupBy.forEach((name, i) => {
    const field = findColumn(input.columns, name, ['groupBy', i], context)
    if (field !== undefined) columns.push(field)
  })
  for (const name of RESERVED) columns.push({ name, type: TIMESTAMP })
  config.aggregates.forEach(({ as }, i) => {
    const type = aggregateType(config, i, input, context)
    if (type !== undefined) columns.push({ name: as, type })
  })
  const mode = config.emit === 'final' ? APPEND : { type: 'upsert' as const, key: [...config.groupBy, ...RESERVED] }
  return { columns, recordParts: false, mode, role: 'rows' }
}

function aggregateType(config: WindowAggregateConfig, index: number, input: EdgeSchema, context: DeriveContext): DataType | undefined {
  const { function: name, of } = config.aggregates[index] ?? { function: 'count' as const, of: undefined }
  const aggregate = aggregateNamed(name)
  if (of === undefined) {
    if (aggregate.ofRows) return aggregate.type(undefined)
    context.issue({
      code: 'MISSING_COLUMN',
      path: ['aggregates', index],
      message: `The ${aggregate.title} of what? Name a column or a calculation under "Of".`,
    })
    return undefined
  }
  const path = ['aggregates', index, 'of']
  const type = typeOfColumn(input.columns, of) ?? checkExpression(of, input, path, context)
  if (type === undefined) return undefined
  const result = aggregate.type(type)
  if (result === undefined) {
    context.issue({
      code: 'WRONG_TYPE',
      path,
      message: `The ${aggregate.title} is for ${aggregate.takes}, and "${of}" is ${printType(type)}. Convert it with CAST, or choose another figure.`,
    })
  }
  return result
}

function lateSchema(input: EdgeSchema, context: DeriveContext): EdgeSchema {
  if (typeOfColumn(input.columns, MISSED_WINDOWS.name) !== undefined) {
    context.issue({
      code: 'DUPLICATE_COLUMN',
      path: [],
      message: `Late rows get a column "${MISSED_WINDOWS.name}", and there is one already. Rename it in a step in front.`,
    })
  }
  return { columns: [...input.columns, MISSED_WINDOWS], recordParts: input.recordParts, mode: APPEND, role: 'late' }
}

import { z } from 'zod'
import { closestName } from '../../data/close-names.ts'
import { type DataType, type Field, parseType, printType } from '../../data/types.ts'
import type { SourceColumn } from '../../formats/format.ts'
import type { DeriveContext } from '../../spec/node-kind.ts'
import { checkUnique, findColumn } from './columns.ts'
import { newColumn } from './fields.ts'

/** Config fields that all sources have. The engine reads `boundedDelayMs` and `idleAfterMs` itself. */

const unit = z.enum(['s', 'ms', 'us', 'ns', 'iso']).meta({
  title: 'Written as',
  description: 'How a time stands in the data: a number since 1970 in this unit, or a text such as 2026-01-01T10:00:00Z.',
  choices: { s: 'Seconds', ms: 'Milliseconds', us: 'Microseconds', ns: 'Nanoseconds', iso: 'Text (ISO 8601)' },
})

const column = z
  .strictObject({
    name: newColumn('Column', 'The name of the field in the data.'),
    type: z.string().min(1).meta({
      title: 'Type',
      description: 'STRING, BIGINT, DOUBLE, DECIMAL(10, 2), BOOLEAN, DATE, TIMESTAMP_LTZ(3), or a list or row of these.',
      widget: 'type',
    }),
    unit: unit
      .optional()
      .meta({ title: 'Written as', description: 'Only for times: how they stand in the data. Without it, text (ISO 8601).' }),
  })
  .meta({ title: 'Column', description: 'A field of the data that is read.' })

export type ColumnConfig = z.output<typeof column>

export const sourceColumns = z.array(column).meta({
  title: 'Columns',
  description: 'The fields that are read, with their types. Others in the data are left aside.',
  widget: 'source-columns',
})

export const boundedDelayMs = z.int().min(0).default(5000).meta({
  title: 'Wait for stragglers',
  description:
    'How much later than the newest row a row may come and still count. Longer catches more latecomers, and every result comes that much later.',
  term: 'bounded delay',
  widget: 'duration',
})

export const idleAfterMs = z.int().min(1).default(30_000).meta({
  title: 'Ignore a quiet part after',
  description: 'A part without new rows for this long no longer holds back results. Otherwise one silent part holds back every result.',
  term: 'idleness',
  widget: 'duration',
})

export function eventTimeColumn(description: string) {
  return z.string().min(1).optional().meta({ title: 'Time of a row', description, term: 'event time', widget: 'column' })
}

/** The columns as the formats want them. Only for configs without issues: a type that is none becomes NULL. */
export function sourceColumnsOf(columns: readonly ColumnConfig[]): readonly SourceColumn[] {
  return columns.map(({ name, type, unit }) => ({ name, type: parseType(type) ?? NULL_TYPE, ...(unit === undefined ? {} : { unit }) }))
}

const NULL_TYPE: DataType = { name: 'NULL' }

/** Checks columns and time column; the fields of the columns whose types are right. */
export function deriveSourceColumns(
  config: { readonly columns: readonly ColumnConfig[]; readonly eventTime?: string | undefined },
  context: DeriveContext,
): readonly Field[] {
  const { columns } = config
  if (columns.length === 0) {
    context.issue({
      code: 'NO_COLUMNS',
      path: ['columns'],
      message: 'No columns are read yet. Name the fields of the data that you need, or take them from a sample.',
    })
  }
  checkUnique(
    columns.map(({ name }) => name),
    (i) => ['columns', i, 'name'],
    context,
  )
  const fields: Field[] = []
  columns.forEach(({ name, type, unit }, i) => {
    const parsed = parseType(type)
    if (parsed === undefined || parsed.name === 'NULL' || parsed.name === 'INTERVAL') return reportType(type, i, context)
    if (unit !== undefined && parsed.name !== 'TIMESTAMP_LTZ') {
      context.issue({
        code: 'UNIT_WITHOUT_TIME',
        path: ['columns', i, 'unit'],
        message: `Column ${name} is of type ${printType(parsed)}; only times are written in a unit. Take the unit away, or make it a TIMESTAMP_LTZ(3).`,
        fix: { title: 'Take the unit away', edits: [{ path: ['columns', i, 'unit'] }] },
      })
    }
    fields.push({ name, type: parsed })
  })
  if (config.eventTime !== undefined) checkEventTime(config.eventTime, columns, fields, context)
  return fields
}

function checkEventTime(eventTime: string, columns: readonly ColumnConfig[], fields: readonly Field[], context: DeriveContext): void {
  const index = columns.findIndex(({ name }) => name === eventTime)
  if (index < 0) {
    findColumn(fields, eventTime, ['eventTime'], context)
    return
  }
  const type = fields.find(({ name }) => name === eventTime)?.type
  if (type === undefined || type.name === 'TIMESTAMP_LTZ') return
  const unitEdit = type.name === 'BIGINT' ? [{ path: ['columns', index, 'unit'], value: 'ms' }] : []
  context.issue({
    code: 'EVENT_TIME_TYPE',
    path: ['eventTime'],
    message: `The time of a row must be a TIMESTAMP_LTZ(3), and ${eventTime} is ${printType(type)}. Change the column's type${type.name === 'BIGINT' ? ' and say in which unit its numbers are' : ''}.`,
    fix: { title: `Read ${eventTime} as a time`, edits: [{ path: ['columns', index, 'type'], value: 'TIMESTAMP_LTZ(3)' }, ...unitEdit] },
  })
}

const TYPE_NAMES = ['STRING', 'BIGINT', 'DOUBLE', 'DECIMAL(10, 2)', 'BOOLEAN', 'DATE', 'TIMESTAMP_LTZ(3)', 'BYTES']
const OTHER_NAMES: Readonly<Record<string, string>> = {
  TIMESTAMP: 'TIMESTAMP_LTZ(3)',
  DATETIME: 'TIMESTAMP_LTZ(3)',
  TEXT: 'STRING',
  FLOAT: 'DOUBLE',
  REAL: 'DOUBLE',
  NUMBER: 'DOUBLE',
  NUMERIC: 'DECIMAL(10, 2)',
  LONG: 'BIGINT',
  SMALLINT: 'BIGINT',
  BOOL: 'BOOLEAN',
}

function reportType(type: string, index: number, context: DeriveContext): void {
  const path = ['columns', index, 'type']
  const word = (/^[A-Za-z_]+/.exec(type.trim())?.[0] ?? '').toUpperCase()
  const meant = OTHER_NAMES[word] ?? closestName(type, TYPE_NAMES)
  const base = { code: 'UNKNOWN_TYPE', path } as const
  if (meant === undefined)
    context.issue({
      ...base,
      message: `"${type}" is not a type that can be read. Use one of ${TYPE_NAMES.join(', ')}, ARRAY<…>, ROW<…> or MAP<STRING, …>.`,
    })
  else
    context.issue({
      ...base,
      message: `"${type}" is not a type that can be read. Did you mean ${meant}?`,
      fix: { title: `Use ${meant}`, edits: [{ path, value: meant }] },
    })
}

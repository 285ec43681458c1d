import { BIGINT, type DataType, DOUBLE, decimal, isNumeric, MAX_DECIMAL_PRECISION } from '../../data/types.ts'
import type { Json } from '../../data/value.ts'
import {
  type Accumulator,
  ByCompensatedSum,
  ByExactSum,
  Count,
  type DoubleResult,
  doubleAverage,
  doubleSum,
  type ExactResult,
  Extreme,
  exactAverage,
  exactSum,
} from './accumulators.ts'

/** One way to summarise the rows of a window. A further one is one entry in `aggregates`. */
export interface Aggregate {
  readonly name: string
  /** As it stands in the form and in sentences: `sum of amount`. */
  readonly title: string
  readonly description: string
  /** Whether it may do without a value (count of rows). */
  readonly ofRows: boolean
  /** The type of the result; undefined where values of this type cannot be summarised so. `of` is undefined for rows. */
  type(of: DataType | undefined): DataType | undefined
  /** What it takes, in words, for the message where `type` gives none. */
  readonly takes: string
  /** A new accumulator, or with `json` the one that was encoded. */
  create(of: DataType | undefined, json?: Json): Accumulator
}

const NUMBERS = 'numbers'
const VALUES_IN_ORDER = 'numbers, texts, dates, times and true or false'

/** Only called for types that `Aggregate.type` has accepted. */
const ofType = (of: DataType | undefined): DataType => of ?? BIGINT

export const aggregates = {
  count: {
    name: 'count',
    title: 'count',
    description: 'How many rows there are; of a column: in how many of them it is filled.',
    ofRows: true,
    type: () => BIGINT,
    takes: 'everything',
    create: (_of, json) => new Count(json),
  },
  sum: {
    name: 'sum',
    title: 'sum',
    description: 'All values added up. Whole numbers and decimals are exact to 38 digits.',
    ofRows: false,
    type: (of) => {
      if (of?.name === 'BIGINT') return decimal(MAX_DECIMAL_PRECISION, 0)
      if (of?.name === 'DECIMAL') return decimal(MAX_DECIMAL_PRECISION, of.scale)
      return of?.name === 'DOUBLE' ? DOUBLE : undefined
    },
    takes: NUMBERS,
    create: (of, json) => bySum(of, doubleSum, exactSum, json),
  },
  avg: {
    name: 'avg',
    title: 'average',
    description: 'The sum divided by the number of filled values.',
    ofRows: false,
    type: (of) => (of !== undefined && isNumeric(of) ? DOUBLE : undefined),
    takes: NUMBERS,
    create: (of, json) => bySum(of, doubleAverage, exactAverage, json),
  },
  min: {
    name: 'min',
    title: 'smallest',
    description: 'The smallest value; of texts the first by code point, of times the earliest.',
    ofRows: false,
    type: ordered,
    takes: VALUES_IN_ORDER,
    create: (of, json) => new Extreme(ofType(of), -1, json),
  },
  max: {
    name: 'max',
    title: 'largest',
    description: 'The largest value; of texts the last by code point, of times the latest.',
    ofRows: false,
    type: ordered,
    takes: VALUES_IN_ORDER,
    create: (of, json) => new Extreme(ofType(of), 1, json),
  },
} as const satisfies Readonly<Record<string, Aggregate>>

export type AggregateName = keyof typeof aggregates

/** In the order of the list above, for the form. */
export const aggregateNames = Object.keys(aggregates) as [AggregateName, ...AggregateName[]] // The keys of a literal.

export function aggregateNamed(name: AggregateName): Aggregate {
  return aggregates[name]
}

function ordered(of: DataType | undefined): DataType | undefined {
  switch (of?.name) {
    case undefined:
    case 'ARRAY':
    case 'ROW':
    case 'MAP':
    case 'NULL':
      return undefined
    default:
      return of
  }
}

function bySum(of: DataType | undefined, ofDoubles: DoubleResult, ofExact: ExactResult, json: Json | undefined): Accumulator {
  return of?.name === 'DOUBLE' ? new ByCompensatedSum(ofDoubles, json) : new ByExactSum(ofType(of), ofExact, json)
}

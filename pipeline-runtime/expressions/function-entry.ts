import type { DataType } from '../data/types.ts'
import type { Value } from '../data/value.ts'

export type Topic = 'Comparison and logic' | 'Numbers' | 'Text' | 'Dates and times' | 'Lists, maps and JSON' | 'Conversion'

/** What an argument has to be: a type, or a group of types. */
export type Accepts =
  | 'ANY'
  | 'NUMERIC'
  | 'BIGINT'
  | 'DOUBLE'
  | 'STRING'
  | 'BOOLEAN'
  | 'TIME'
  | 'TIMESTAMP_LTZ'
  | 'ARRAY'
  | 'COLLECTION'
  /** All arguments of this kind are brought to one type. */
  | 'COMMON'

export interface Parameter {
  readonly name: string
  readonly accepts: Accepts
  /** Only the last parameters may be left out. */
  readonly optional?: boolean
  /** Only the last parameter may repeat. */
  readonly repeats?: boolean
}

/** A body is called with values that are not NULL, unless the entry says `nulls: 'given'`. It may throw ExpressionError. */
export type Body = (...args: never[]) => Value

/** What is known of a call before any row: for bodies that prepare something, such as a constant pattern. */
export interface CallContext {
  readonly types: readonly DataType[]
  readonly type: DataType
  /** The value of an argument that is a constant. */
  constant(index: number): Value | undefined
  readonly keyword: string | undefined
  readonly timeZone: string
}

export interface Example {
  readonly text: string
  /** The result as text, as `printValue` prints it. */
  readonly value: string
}

interface Documented {
  readonly name: string
  readonly topic: Topic
  /** How a call is written, where that is not simply the parameters. */
  readonly usage?: string
  /** One line. */
  readonly doc: string
  readonly examples: readonly Example[]
  /** Flink's spelling, or in what Flink differs. */
  readonly flink?: string
}

/** A function whose body stands here. */
export interface FunctionEntry extends Documented {
  readonly kind: 'function'
  readonly parameters: readonly Parameter[]
  /** The words that may stand in front, such as the units of EXTRACT; a call without one is refused where `required`. */
  readonly keywords?: { readonly words: readonly string[]; readonly required: boolean }
  /** The type of the result, or in words why there is none. */
  readonly result:
    | DataType
    | ((types: readonly DataType[], keyword: string | undefined, constant: (index: number) => Value | undefined) => DataType | string)
  readonly nulls?: 'given'
  /** Throws ExpressionError for constants that can never work, which becomes an issue. */
  readonly prepare: (context: CallContext) => Body
}

/** An operator or a form with a grammar or laziness of its own: typed in `analyze-*.ts`, evaluated in `compile.ts`. */
export interface FormEntry extends Documented {
  readonly kind: 'form'
}

export type TableEntry = FunctionEntry | FormEntry

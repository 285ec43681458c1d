import { isHeldAsNumber } from '../../data/column.ts'
import { Decimal, divideHalfUp, powerOfTen } from '../../data/decimal.ts'
import { type DataType, MAX_DECIMAL_PRECISION } from '../../data/types.ts'
import { compareDoubles, compareValues, type Json, type Value, valueFromJson, valueToJson } from '../../data/value.ts'

/** What is remembered of the rows of one window and group for one aggregate. Nothing is ever un-added (semantics rule 20). */
export interface Accumulator {
  /** Takes a value that is not NULL. */
  add(value: Value): void
  result(): Value
  /** Set by `result` where the true result does not fit its type, so that NULL stands for it. */
  readonly overflowed?: boolean
  encode(): Json
}

/** A finished window needs at most this many digits behind the point of an exact quotient to be a correctly rounded DOUBLE. */
const QUOTIENT_DIGITS = 25

export class Count implements Accumulator {
  private count: number

  constructor(json: Json = 0) {
    this.count = Number(json)
  }
  add(): void {
    this.count++
  }
  result(): Value {
    return this.count
  }
  encode(): Json {
    return this.count
  }
}

/** Exact sum of BIGINT or DECIMAL values, as a number while that is exact. */
class ExactSum {
  count = 0
  private small = 0
  private large = 0n

  addInteger(value: number | bigint): void {
    this.count++
    if (typeof value === 'bigint') {
      this.large += value
      return
    }
    const sum = this.small + value
    if (Number.isSafeInteger(sum)) this.small = sum
    else {
      this.large += BigInt(this.small) + BigInt(value)
      this.small = 0
    }
  }

  total(): bigint {
    return this.large + BigInt(this.small)
  }

  encode(): Json {
    return [this.count, this.total().toString()]
  }

  static decode(json: Json): ExactSum {
    // What `encode` wrote.
    const [count, total] = json as readonly [number, string]
    const sum = new ExactSum()
    sum.addInteger(BigInt(total))
    sum.count = count
    return sum
  }
}

/** What an exact sum gives at the end; NULL where that does not fit its type. `scale` is that of the values. */
export type ExactResult = (total: bigint, count: number, scale: number) => Value

/** Summarises a column of BIGINT (scale 0) or DECIMAL by its exact sum. */
export class ByExactSum implements Accumulator {
  overflowed = false
  private readonly finish: ExactResult
  private readonly sum: ExactSum
  private readonly scale: number

  constructor(input: DataType, finish: ExactResult, json?: Json) {
    this.finish = finish
    this.scale = input.name === 'DECIMAL' ? input.scale : 0
    this.sum = json === undefined ? new ExactSum() : ExactSum.decode(json)
  }
  add(value: Value): void {
    this.sum.addInteger(value instanceof Decimal ? value.unscaled : (value as number | bigint)) // Else a BIGINT at rest.
  }
  result(): Value {
    if (this.sum.count === 0) return null
    const result = this.finish(this.sum.total(), this.sum.count, this.scale)
    this.overflowed = result === null
    return result
  }
  encode(): Json {
    return this.sum.encode()
  }
}

/** The sum as a DECIMAL of 38 digits; beyond those NULL, as in Flink. */
export function exactSum(total: bigint, _count: number, scale: number): Value {
  const sum = new Decimal(total, scale)
  return sum.fits(MAX_DECIMAL_PRECISION) ? sum : null
}

/** Divided once, rounded once. */
export function exactAverage(total: bigint, count: number, scale: number): Value {
  if (scale === 0 && total <= 9007199254740991n && total >= -9007199254740991n) return Number(total) / count
  return new Decimal(divideHalfUp(total * powerOfTen(QUOTIENT_DIGITS), BigInt(count)), scale + QUOTIENT_DIGITS).toNumber()
}

/**
 * Sum of DOUBLE values with Neumaier's compensation (Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen,
 * 1974): the error does not grow with the number of rows.
 */
class CompensatedSum {
  count = 0
  private sum = 0
  private compensation = 0

  add(value: number): void {
    const total = this.sum + value
    this.compensation += Math.abs(this.sum) >= Math.abs(value) ? this.sum - total + value : value - total + this.sum
    this.sum = total
    this.count++
  }

  total(): number {
    // Where the sum has left the finite numbers the compensation is NaN and means nothing.
    return Number.isFinite(this.sum) ? this.sum + this.compensation : this.sum
  }

  encode(): Json {
    return [this.count, doubleToJson(this.sum), doubleToJson(this.compensation)]
  }

  static decode(json: Json): CompensatedSum {
    // What `encode` wrote.
    const [count, sum, compensation] = json as readonly [number, Json, Json]
    const restored = new CompensatedSum()
    restored.count = count
    restored.sum = doubleFromJson(sum)
    restored.compensation = doubleFromJson(compensation)
    return restored
  }
}

export type DoubleResult = (total: number, count: number) => number

/** Summarises a column of DOUBLE by its compensated sum. */
export class ByCompensatedSum implements Accumulator {
  private readonly finish: DoubleResult
  private readonly sum: CompensatedSum

  constructor(finish: DoubleResult, json?: Json) {
    this.finish = finish
    this.sum = json === undefined ? new CompensatedSum() : CompensatedSum.decode(json)
  }
  add(value: Value): void {
    this.sum.add(value as number) // A DOUBLE at rest.
  }
  result(): Value {
    return this.sum.count === 0 ? null : this.finish(this.sum.total(), this.sum.count)
  }
  encode(): Json {
    return this.sum.encode()
  }
}

export function doubleSum(total: number): number {
  return total
}

export function doubleAverage(total: number, count: number): number {
  return total / count
}

/** The smallest (direction -1) or largest (1) value; NaN is the largest DOUBLE, -0 is 0, whatever the order of arrival. */
export class Extreme implements Accumulator {
  private best: Value
  private readonly type: DataType
  private readonly direction: 1 | -1
  private readonly asNumbers: boolean

  constructor(type: DataType, direction: 1 | -1, json: Json = null) {
    this.type = type
    this.direction = direction
    this.asNumbers = isHeldAsNumber(type)
    this.best = valueFromJson(type, json)
  }
  add(value: Value): void {
    if (this.best === null) {
      this.best = value === 0 ? 0 : value
      return
    }
    const order = this.asNumbers ? compareDoubles(value as number, this.best as number) : compareValues(this.type, value, this.best)
    if (order * this.direction > 0) this.best = value === 0 ? 0 : value
  }
  result(): Value {
    return this.best
  }
  encode(): Json {
    return valueToJson(this.type, this.best)
  }
}

function doubleToJson(value: number): Json {
  return valueToJson({ name: 'DOUBLE' }, value)
}

function doubleFromJson(json: Json): number {
  return valueFromJson({ name: 'DOUBLE' }, json) as number // A DOUBLE that is not NULL.
}

import { DAY } from '../data/calendar.ts'
import { Decimal } from '../data/decimal.ts'
import { BIGINT, DOUBLE, decimal, MAX_DECIMAL_PRECISION } from '../data/types.ts'
import { integerAtRest, MAX_BIGINT, MIN_BIGINT } from '../data/value.ts'
import type { AnalysisContext } from './analysis-context.ts'
import type { AstOf } from './ast.ts'
import type { Span } from './issues.ts'
import type { TypedExpression } from './typed.ts'

/** A written number: BIGINT where it is an integer of 64 bits, DOUBLE with an exponent, else DECIMAL with its own digits, as in Flink. */
export function numberConstant(analysis: AnalysisContext, text: string, at: Span): TypedExpression | undefined {
  const { from, to } = at
  if (/[eE]/.test(text)) return { kind: 'constant', value: Number(text), type: DOUBLE, from, to }
  const value = Decimal.parse(text)
  const digits = text.replace(/[-.]/g, '').length
  if (value !== undefined && value.scale === 0) {
    if (value.unscaled >= MIN_BIGINT && value.unscaled <= MAX_BIGINT)
      return { kind: 'constant', value: integerAtRest(value.unscaled), type: BIGINT, from, to }
  }
  if (value === undefined || digits > MAX_DECIMAL_PRECISION) {
    analysis.error(
      'NUMBER_TOO_LONG',
      at,
      `A number has at most ${MAX_DECIMAL_PRECISION} digits. For a rounded one write it with an exponent, such as 1.5e40.`,
    )
    return undefined
  }
  return { kind: 'constant', value, type: decimal(digits, value.scale), from, to }
}

const LENGTHS: Readonly<Record<string, number>> = { SECOND: 1000, MINUTE: 60_000, HOUR: 3_600_000, DAY, WEEK: 7 * DAY }
const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** The length of `INTERVAL '5' MINUTE`: milliseconds, or months. */
export function intervalValue(
  analysis: AnalysisContext,
  ast: AstOf<'interval'>,
): { readonly value: number; readonly months: boolean } | undefined {
  const text = ast.text.trim()
  const length = LENGTHS[ast.unit]
  const months = MONTHS[ast.unit]
  if (length === undefined && months === undefined) {
    analysis.error(
      'UNKNOWN_UNIT',
      ast,
      `${ast.unit} is not a unit of time. There are SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER and YEAR.`,
    )
    return undefined
  }
  const pattern = ast.unit === 'SECOND' ? /^[+-]?\d{1,12}(\.\d{1,3})?$/ : /^[+-]?\d{1,9}$/
  if (!pattern.test(text)) {
    const fraction = ast.unit === 'SECOND' ? ', with up to three digits after the point' : ''
    analysis.error(
      'BAD_INTERVAL',
      ast,
      `'${ast.text}' is not a number of ${ast.unit.toLowerCase()}s: write a whole number${fraction}, such as INTERVAL '5' ${ast.unit}.`,
    )
    return undefined
  }
  // Rounded, because 5.001 * 1000 is not a whole number as a double.
  return { value: Math.round(Number(text) * (length ?? months ?? 0)) + 0, months: months !== undefined }
}

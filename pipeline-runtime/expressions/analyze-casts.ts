import { closestName } from '../data/close-names.ts'
import {
  BIGINT,
  BOOLEAN,
  BYTES,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  MAX_DECIMAL_PRECISION,
  printType,
  STRING,
  TIMESTAMP,
} from '../data/types.ts'
import type { AnalysisContext } from './analysis-context.ts'
import type { AstOf } from './ast.ts'
import { canCast } from './casting.ts'
import { withArticle } from './type-words.ts'
import type { IntegerRange, TypedExpression } from './typed.ts'

interface Target {
  readonly type: DataType
  readonly range?: IntegerRange
}

const TARGETS: Readonly<Record<string, Target>> = {
  BOOLEAN: { type: BOOLEAN },
  BIGINT: { type: BIGINT },
  INT: { type: BIGINT, range: { name: 'INT', bits: 32 } },
  INTEGER: { type: BIGINT, range: { name: 'INT', bits: 32 } },
  SMALLINT: { type: BIGINT, range: { name: 'SMALLINT', bits: 16 } },
  TINYINT: { type: BIGINT, range: { name: 'TINYINT', bits: 8 } },
  DOUBLE: { type: DOUBLE },
  STRING: { type: STRING },
  VARCHAR: { type: STRING },
  BYTES: { type: BYTES },
  DATE: { type: DATE },
  TIMESTAMP: { type: TIMESTAMP },
  TIMESTAMP_LTZ: { type: TIMESTAMP },
}

/** Other dialects' words for types. */
const SYNONYMS: Readonly<Record<string, string>> = {
  TEXT: 'STRING',
  CHAR: 'STRING',
  NVARCHAR: 'STRING',
  FLOAT: 'DOUBLE',
  REAL: 'DOUBLE',
  NUMBER: 'DOUBLE',
  LONG: 'BIGINT',
  INT64: 'BIGINT',
  FLOAT64: 'DOUBLE',
  BOOL: 'BOOLEAN',
  DATETIME: 'TIMESTAMP',
  NUMERIC: 'DECIMAL(10, 2)',
}

/** Types CAST and TRY_CAST. */
export function checkCast(analysis: AnalysisContext, ast: AstOf<'cast'>): TypedExpression | undefined {
  const operand = analysis.typeOf(ast.operand)
  const target = targetOf(analysis, ast)
  if (operand === undefined || target === undefined) return undefined
  if (!canCast(operand.type, target.type)) {
    const hint =
      target.type.name === 'TIMESTAMP_LTZ' && operand.type.name === 'BIGINT'
        ? ' For milliseconds since 1970 write TO_TIMESTAMP_LTZ(…, 3).'
        : operand.type.name === 'TIMESTAMP_LTZ' && target.type.name === 'BIGINT'
          ? ' For seconds since 1970 write EXTRACT(EPOCH FROM …).'
          : ''
    analysis.error(
      'NO_CAST',
      ast,
      `${analysis.shown(operand)} is ${withArticle(operand.type)}, which cannot become ${printType(target.type)}.${hint}`,
    )
    return undefined
  }
  return {
    kind: 'cast',
    operand: operand.type.name === 'NULL' ? analysis.coerce(operand, target.type) : operand,
    tolerant: ast.tolerant,
    implicit: false,
    range: operand.type.name === 'NULL' ? undefined : target.range,
    timeZone: analysis.scope.timeZone,
    type: target.type,
    from: ast.from,
    to: ast.to,
  }
}

function targetOf(analysis: AnalysisContext, ast: AstOf<'cast'>): Target | undefined {
  const { target, targetAt } = ast
  if (target === '') return undefined
  const match = /^(\w+)(?:\((\d+)(?:, (\d+))?\))?$/.exec(target)
  const name = match?.[1] ?? target
  if (name === 'DECIMAL' || name === 'DEC' || name === 'NUMERIC') {
    const precision = Number(match?.[2] ?? 10)
    const scale = Number(match?.[3] ?? 0)
    if (precision >= 1 && precision <= MAX_DECIMAL_PRECISION && scale <= precision) return { type: decimal(precision, scale) }
    analysis.error(
      'BAD_TYPE',
      targetAt,
      `DECIMAL(digits, digits after the point) has 1 to ${MAX_DECIMAL_PRECISION} digits, for example DECIMAL(10, 2).`,
    )
    return undefined
  }
  const known = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined
  if (known !== undefined) {
    if (match?.[2] === undefined || (known.type === TIMESTAMP && match[2] === '3')) return known
    const message =
      known.type === TIMESTAMP ? 'Times are kept to the millisecond: write TIMESTAMP(3).' : `${name} takes no length here: write ${name}.`
    analysis.error('BAD_TYPE', targetAt, message, analysis.replace(targetAt, `Write ${name}`, name))
    return undefined
  }
  const names = [...Object.keys(TARGETS), 'DECIMAL']
  const meant = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : closestName(name, names)
  const message = `There is no type ${name}. ${meant === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${meant}?`}`
  analysis.error('UNKNOWN_TYPE', targetAt, message, meant === undefined ? undefined : analysis.replace(targetAt, `Write ${meant}`, meant))
  return undefined
}

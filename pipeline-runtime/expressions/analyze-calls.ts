import { BIGINT, BOOLEAN, type DataType, DOUBLE, isNumeric, isTime, NULL, STRING, TIMESTAMP } from '../data/types.ts'
import type { Value } from '../data/value.ts'
import type { AnalysisContext } from './analysis-context.ts'
import { checkComparison } from './analyze-comparisons.ts'
import type { AstOf } from './ast.ts'
import { explainUnknownFunction } from './call-traps.ts'
import { commonType } from './coercion.ts'
import { callContext } from './compile-call.ts'
import type { FunctionEntry, Parameter } from './function-entry.ts'
import { functionNamed } from './function-table.ts'
import { ExpressionError } from './issues.ts'
import { withArticle } from './type-words.ts'
import type { TypedExpression } from './typed.ts'

type CallAst = AstOf<'call'>

/** Types a call: of a function in the table, or of one of the lazy forms. */
export function checkCall(analysis: AnalysisContext, ast: CallAst): TypedExpression | undefined {
  switch (ast.name) {
    case 'COALESCE':
      return coalesce(analysis, ast)
    case 'NULLIF':
      return nullIf(analysis, ast)
    case 'IF':
      return ifThenElse(analysis, ast)
    default: {
      const entry = functionNamed(ast.name)
      if (entry !== undefined) return functionCall(analysis, ast, entry)
      for (const arg of ast.args) analysis.typeOf(arg)
      explainUnknownFunction(analysis, ast)
      return undefined
    }
  }
}

function coalesce(analysis: AnalysisContext, ast: CallAst): TypedExpression | undefined {
  if (wrongCount(analysis, ast, 'COALESCE(value, value, …)', 1, Number.POSITIVE_INFINITY)) return undefined
  const args = analysis.common(
    ast.args.map((arg) => analysis.typeOf(arg)),
    'The arguments of COALESCE',
  )
  const first = args?.[0]
  return args && first && { kind: 'coalesce', args, type: first.type, from: ast.from, to: ast.to }
}

function nullIf(analysis: AnalysisContext, ast: CallAst): TypedExpression | undefined {
  const [value, other] = ast.args
  if (wrongCount(analysis, ast, 'NULLIF(value, value that becomes NULL)', 2, 2) || value === undefined || other === undefined)
    return undefined
  const when = checkComparison(analysis, '=', { left: value, right: other, from: ast.from, to: ast.to, operatorAt: undefined })
  const otherwise = analysis.typeOf(value)
  if (when === undefined || otherwise === undefined) return undefined
  const absent: TypedExpression = { kind: 'constant', value: null, type: otherwise.type, from: ast.from, to: ast.to }
  return { kind: 'case', branches: [{ when, value: absent }], otherwise, type: otherwise.type, from: ast.from, to: ast.to }
}

function ifThenElse(analysis: AnalysisContext, ast: CallAst): TypedExpression | undefined {
  const [condition, yes, no] = ast.args
  if (wrongCount(analysis, ast, 'IF(condition, value if true, value if not)', 3, 3)) return undefined
  if (condition === undefined || yes === undefined || no === undefined) return undefined
  const when = analysis.condition(condition)
  const [then, otherwise] = analysis.common([analysis.typeOf(yes), analysis.typeOf(no)], 'The two results of IF') ?? []
  if (when === undefined || then === undefined || otherwise === undefined) return undefined
  return { kind: 'case', branches: [{ when, value: then }], otherwise, type: then.type, from: ast.from, to: ast.to }
}

function wrongCount(analysis: AnalysisContext, ast: CallAst, usage: string, least: number, most: number): boolean {
  if (ast.args.length >= least && ast.args.length <= most) return false
  for (const arg of ast.args) analysis.typeOf(arg)
  const wanted = most === Number.POSITIVE_INFINITY ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`
  const plural = wanted === '1' ? 'argument' : 'arguments'
  analysis.error('ARGUMENT_COUNT', ast, `${ast.name} takes ${wanted} ${plural}, not ${ast.args.length}: ${usage}.`)
  return true
}

/** How a call is written, for messages and the reference. */
export function usageOf(entry: FunctionEntry): string {
  if (entry.usage !== undefined) return entry.usage
  let text = ''
  for (const [i, parameter] of entry.parameters.entries()) {
    const shown = `${i === 0 ? '' : ', '}${parameter.name}${parameter.repeats === true ? ', …' : ''}`
    text += parameter.optional === true ? ` [${shown.trim()}]` : shown
  }
  return `${entry.name}(${text.trim()})`
}

function functionCall(analysis: AnalysisContext, ast: CallAst, entry: FunctionEntry): TypedExpression | undefined {
  const { parameters, keywords } = entry
  const repeats = parameters[parameters.length - 1]?.repeats === true
  const least = parameters.filter((parameter) => parameter.optional !== true).length
  const usage = usageOf(entry)
  if (keywords !== undefined && (ast.keyword === undefined ? keywords.required : !keywords.words.includes(ast.keyword))) {
    for (const arg of ast.args) analysis.typeOf(arg)
    const found = ast.keyword === undefined ? 'is written' : `does not know ${ast.keyword}. It is written`
    analysis.error('BAD_KEYWORD', ast, `${ast.name} ${found} ${usage} with one of ${keywords.words.join(', ')}.`)
    return undefined
  }
  if (keywords === undefined && ast.keyword !== undefined) {
    analysis.error('BAD_KEYWORD', ast, `${ast.name} is written ${usage}.`)
    return undefined
  }
  if (wrongCount(analysis, ast, usage, least, repeats ? Number.POSITIVE_INFINITY : parameters.length)) return undefined

  const given = ast.args.map((arg) => analysis.typeOf(arg))
  const common = parameters.some((parameter) => parameter.accepts === 'COMMON') ? commonOf(given) : NULL
  const args: TypedExpression[] = []
  for (const [i, arg] of given.entries()) {
    const parameter = parameters[Math.min(i, parameters.length - 1)]
    const fitted = arg && parameter && fit(analysis, arg, parameter, ast.name, common)
    if (fitted !== undefined) args.push(fitted)
  }
  if (args.length < ast.args.length) return undefined

  const types = args.map((arg) => arg.type)
  const type = typeof entry.result === 'function' ? entry.result(types, ast.keyword, (index) => constantOf(args[index])) : entry.result
  if (typeof type === 'string') {
    analysis.error('BAD_ARGUMENT', ast, type)
    return undefined
  }
  const { keyword, from, to } = ast
  const call = { kind: 'call', entry, args, keyword, timeZone: analysis.scope.timeZone, type, from, to } as const
  try {
    // Constants that can never work, such as a pattern that RE2 does not take, show here and not at the first row.
    entry.prepare(callContext(call))
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    analysis.error(error.code, ast, error.message)
    return undefined
  }
  return call
}

function constantOf(arg: TypedExpression | undefined): Value | undefined {
  return arg?.kind === 'constant' ? arg.value : undefined
}

function commonOf(args: readonly (TypedExpression | undefined)[]): DataType | undefined {
  let type: DataType | undefined = NULL
  for (const arg of args) if (arg !== undefined && type !== undefined) type = commonType(type, arg.type)
  return type
}

function fit(
  analysis: AnalysisContext,
  arg: TypedExpression,
  parameter: Parameter,
  name: string,
  common: DataType | undefined,
): TypedExpression | undefined {
  const { accepts } = parameter
  const { type } = arg
  const refuse = (wanted: string, castTo?: DataType): undefined => {
    const fix = castTo && analysis.castFix(arg, castTo)
    analysis.error(
      'ARGUMENT_TYPE',
      arg,
      `${name} needs ${wanted} as ${parameter.name}, but ${analysis.shown(arg)} is ${withArticle(type)}.`,
      fix,
    )
    return undefined
  }
  switch (accepts) {
    case 'ANY':
      return arg
    case 'COMMON':
      if (common === undefined) return refuse('arguments of one type')
      return analysis.coerce(arg, common)
    case 'NUMERIC':
      if (type.name === 'NULL') return analysis.coerce(arg, DOUBLE)
      return isNumeric(type) ? arg : refuse('a number', DOUBLE)
    case 'DOUBLE':
      return isNumeric(type) || type.name === 'NULL' ? analysis.coerce(arg, DOUBLE) : refuse('a number', DOUBLE)
    case 'BIGINT':
      return type.name === 'BIGINT' || type.name === 'NULL' ? analysis.coerce(arg, BIGINT) : refuse('a whole number', BIGINT)
    case 'STRING':
      return type.name === 'STRING' || type.name === 'NULL' ? analysis.coerce(arg, STRING) : refuse('a text', STRING)
    case 'BOOLEAN':
      return type.name === 'BOOLEAN' || type.name === 'NULL' ? analysis.coerce(arg, BOOLEAN) : refuse('true or false')
    case 'TIMESTAMP_LTZ':
      if (isTime(type) || type.name === 'NULL') return analysis.coerce(arg, TIMESTAMP)
      return refuse('a time', TIMESTAMP)
    case 'TIME':
      if (type.name === 'NULL') return analysis.coerce(arg, TIMESTAMP)
      return isTime(type) ? arg : refuse('a date or time', TIMESTAMP)
    case 'ARRAY':
      return type.name === 'ARRAY' ? arg : refuse('a list')
    case 'COLLECTION':
      return type.name === 'ARRAY' || type.name === 'MAP' ? arg : refuse('a list or a map')
  }
}

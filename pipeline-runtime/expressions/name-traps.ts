import { RECORD_PARTS } from '../data/batch.ts'
import { closestName } from '../data/close-names.ts'
import type { AnalysisContext } from './analysis-context.ts'
import type { AstOf } from './ast.ts'
import { printName, printText } from './print.ts'
import { withArticle } from './type-words.ts'
import type { TypedExpression } from './typed.ts'

/** Words that other dialects read as the time of the clock. */
export const CLOCK_WORDS = new Set([
  'NOW',
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
  'LOCALTIMESTAMP',
  'LOCALTIME',
  'CURRENT_ROW_TIMESTAMP',
  'GETDATE',
  'SYSDATE',
  'TODAY',
  'PROCTIME',
  'UNIX_TIMESTAMP',
])

export const WHY_NO_CLOCK =
  'It would give another result on each run, and runs must be repeatable. Use the time of the event: the time column, or $timestamp.'

/** Says what may be meant by a name that is no column. */
export function unknownColumn(analysis: AnalysisContext, ast: AstOf<'column'>): void {
  const { name } = ast
  const written = analysis.source(ast)
  const columns = analysis.scope.columns.map((field) => field.name)
  if (name.startsWith('$')) {
    unknownRecordPart(analysis, ast)
    return
  }
  const similar = closestName(name, columns)
  if (similar !== undefined && similar.toLowerCase() === name.toLowerCase()) {
    const message = `The column is called ${similar}: upper and lower case count in names.`
    analysis.error('WRONG_CASE', ast, message, analysis.replace(ast, `Write ${similar}`, printName(similar)))
    return
  }
  if (written.startsWith('"')) {
    const message = `There is no column called ${name}. Text goes in single quotes; double quotes are for names of columns.`
    analysis.error('TEXT_IN_DOUBLE_QUOTES', ast, message, analysis.replace(ast, `Write ${printText(name)}`, printText(name)))
    return
  }
  if (CLOCK_WORDS.has(name.toUpperCase())) {
    analysis.error('NOT_REPEATABLE', ast, `There is no ${name.toUpperCase()}. ${WHY_NO_CLOCK}`)
    return
  }
  if (similar !== undefined) {
    analysis.error(
      'UNKNOWN_COLUMN',
      ast,
      `There is no column ${name}. Did you mean ${similar}?`,
      analysis.replace(ast, `Write ${similar}`, printName(similar)),
    )
    return
  }
  const list =
    columns.length === 0
      ? 'No columns are known here yet.'
      : `There are ${columns.slice(0, 12).join(', ')}${columns.length > 12 ? ' and others' : ''}.`
  analysis.error('UNKNOWN_COLUMN', ast, `There is no column ${name}. ${list}`)
}

function unknownRecordPart(analysis: AnalysisContext, ast: AstOf<'column'>): void {
  const names = RECORD_PARTS.map((field) => field.name)
  if (names.includes(ast.name)) {
    analysis.error(
      'NO_RECORD_PARTS',
      ast,
      `${ast.name} is only known where rows still are the records of a topic: before time windows, aggregations and joins.`,
    )
    return
  }
  const similar = closestName(ast.name, names)
  const message = `There is no ${ast.name}. The parts of a record are ${names.join(', ')}.`
  analysis.error('UNKNOWN_COLUMN', ast, message, similar === undefined ? undefined : analysis.replace(ast, `Write ${similar}`, similar))
}

/** Says what may be meant by a field that is not there. */
export function unknownField(analysis: AnalysisContext, ast: AstOf<'field'>, object: TypedExpression): void {
  const { name } = ast
  const shown = analysis.shown(object)
  const source = analysis.source(object)
  const { type } = object
  if (type.name === 'ROW') {
    const names = type.fields.map((field) => field.name)
    const similar = closestName(name, names)
    if (similar === undefined) {
      analysis.error('UNKNOWN_FIELD', ast, `${shown} has no field ${name}. It has ${names.join(', ')}.`)
    } else {
      const insert = `${source}.${printName(similar, false)}`
      analysis.error(
        'UNKNOWN_FIELD',
        ast,
        `${shown} has no field ${name}. Did you mean ${similar}?`,
        analysis.replace(ast, `Write ${insert}`, insert),
      )
    }
  } else if (type.name === 'MAP') {
    const insert = `${source}[${printText(name)}]`
    analysis.error(
      'NOT_A_RECORD',
      ast,
      `${shown} is a map: its values are written ${insert}.`,
      analysis.replace(ast, `Write ${insert}`, insert),
    )
  } else if (type.name === 'ARRAY') {
    const insert = `${source}[1].${printName(name, false)}`
    analysis.error(
      'NOT_A_RECORD',
      ast,
      `${shown} is a list: say which element, such as ${insert}.`,
      analysis.replace(ast, 'Take the first', insert),
    )
  } else if (type.name === 'STRING') {
    const insert = `JSON_VALUE(${source}, ${printText(`$.${name}`)})`
    analysis.error(
      'NOT_A_RECORD',
      ast,
      `${shown} is a text and has no fields. If the text is JSON, write ${insert}.`,
      analysis.replace(ast, 'Use JSON_VALUE', insert),
    )
  } else {
    analysis.error('NOT_A_RECORD', ast, `${shown} is ${withArticle(type)} and has no fields.`)
  }
}

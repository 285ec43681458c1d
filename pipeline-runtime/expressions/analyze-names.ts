import { RECORD_PARTS } from '../data/batch.ts'
import { BIGINT, STRING } from '../data/types.ts'
import type { AnalysisContext } from './analysis-context.ts'
import type { AstOf } from './ast.ts'
import { unknownColumn, unknownField } from './name-traps.ts'
import { withArticle } from './type-words.ts'
import type { TypedExpression } from './typed.ts'

/** A column of the rows, or a part of their records. */
export function checkColumn(analysis: AnalysisContext, ast: AstOf<'column'>): TypedExpression | undefined {
  const { name, from, to } = ast
  if (name === '') {
    const fix = analysis.source(ast) === '""' ? analysis.replace(ast, "Write ''", "''") : undefined
    analysis.error('EMPTY_NAME', ast, "A name of a column is not empty. The empty text is written ''.", fix)
    return undefined
  }
  const known = analysis.scope.columns.find((field) => field.name === name)
  const part = analysis.scope.recordParts ? RECORD_PARTS.find((field) => field.name === name) : undefined
  const field = known ?? part
  if (field === undefined) {
    unknownColumn(analysis, ast)
    return undefined
  }
  analysis.readsColumn(name)
  return { kind: 'column', name, type: field.type, from, to }
}

/** `object.name` */
export function checkField(analysis: AnalysisContext, ast: AstOf<'field'>): TypedExpression | undefined {
  const object = analysis.typeOf(ast.object)
  const { name, from, to } = ast
  if (object === undefined) return undefined
  if (name === '') {
    analysis.error('EMPTY_NAME', ast, 'After the point goes the name of a field.')
    return undefined
  }
  if (object.type.name === 'ROW') {
    const index = object.type.fields.findIndex((field) => field.name === name)
    const field = object.type.fields[index]
    if (field !== undefined) return { kind: 'field', object, index, name, type: field.type, from, to }
  }
  unknownField(analysis, ast, object)
  return undefined
}

/** `list[1]` or `map['key']` */
export function checkIndex(analysis: AnalysisContext, ast: AstOf<'index'>): TypedExpression | undefined {
  const object = analysis.typeOf(ast.object)
  const index = analysis.typeOf(ast.index)
  if (object === undefined || index === undefined) return undefined
  const { from, to } = ast
  if (object.type.name === 'ARRAY') {
    if (index.type.name !== 'BIGINT' && index.type.name !== 'NULL') {
      analysis.error(
        'TYPE_MISMATCH',
        index,
        `${analysis.shown(object)} is a list: in brackets goes the number of the element, the first is 1.`,
      )
      return undefined
    }
    if (index.kind === 'constant' && index.value !== null && Number(index.value) < 1) {
      analysis.error('BAD_INDEX', index, 'Elements of a list count from 1.', analysis.replace(index, 'Take the first', '1'))
      return undefined
    }
    return { kind: 'element', object, index: analysis.coerce(index, BIGINT), type: object.type.element, from, to }
  }
  if (object.type.name === 'MAP') {
    if (index.type.name !== 'STRING' && index.type.name !== 'NULL') {
      analysis.error(
        'TYPE_MISMATCH',
        index,
        `${analysis.shown(object)} is a map: in brackets goes the key as text, such as ['env'].`,
        analysis.castFix(index, STRING),
      )
      return undefined
    }
    return { kind: 'entry', object, key: analysis.coerce(index, STRING), type: object.type.value, from, to }
  }
  if (object.type.name === 'ROW' && index.kind === 'constant' && typeof index.value === 'string') {
    const insert = `${analysis.source(object)}.${index.value}`
    analysis.error(
      'NOT_A_LIST',
      ast,
      `The fields of ${analysis.shown(object)} are written with a point: ${insert}.`,
      analysis.replace(ast, `Write ${insert}`, insert),
    )
    return undefined
  }
  analysis.error(
    'NOT_A_LIST',
    ast,
    `${analysis.shown(object)} is ${withArticle(object.type)}; only a list or a map has elements in brackets.`,
  )
  return undefined
}

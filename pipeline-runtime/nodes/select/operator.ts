import { selectRows, withColumns } from '../../data/batch.ts'
import { type Column, type ColumnWriter, createColumnWriter, selectColumn } from '../../data/column.ts'
import type { Value } from '../../data/value.ts'
import { implement } from '../../engine/operator.ts'
import { evaluatorOf, firstInput } from '../shared/evaluators.ts'
import { FailedRows } from '../shared/failed-rows.ts'
import { select, selectedColumns } from './definition.ts'

/** Columns that are kept are passed on as they are; only expressions are evaluated. Event time and record parts stay. */
export const selectOperator = implement(select, (config, context) => {
  const out = context.output('out')
  const fields = context.outputs.out?.columns ?? []
  const existing = firstInput(context).columns.map(({ name }) => name)
  const selected = selectedColumns(config, existing)
  const calculated = selected.flatMap((column) =>
    'expression' in column ? [{ name: column.name, evaluator: evaluatorOf(column.expression, context) }] : [],
  )
  const writers = calculated.map(({ evaluator }): ColumnWriter => createColumnWriter(evaluator.type))
  const values: Value[] = calculated.map(() => null)
  const failedRows = new FailedRows(config.onError, context)

  return {
    process(_input, batch) {
      const functions = calculated.map(({ evaluator }) => evaluator.bind(batch))
      const kept = new Int32Array(batch.length)
      let count = 0
      for (let row = 0; row < batch.length; row++) {
        let i = 0
        try {
          for (; i < functions.length; i++) values[i] = functions[i]?.(row) ?? null
        } catch (error) {
          failedRows.row(batch, row, error, `column ${calculated[i]?.name}`)
          continue
        }
        for (let k = 0; k < writers.length; k++) writers[k]?.append(values[k] ?? null)
        kept[count++] = row
      }
      if (count === 0) return
      let next = 0
      const columns = selected.map((column): Column => {
        if ('expression' in column) return (writers[next++] as ColumnWriter).finish() // One writer for each of these, in order.
        const passed = batch.column(column.from)
        return count === batch.length ? passed : selectColumn(passed, kept, count)
      })
      out.emit(withColumns(selectRows(batch, kept, count), fields, columns))
    },
  }
})

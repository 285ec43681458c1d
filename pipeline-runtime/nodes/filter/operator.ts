import { selectRows } from '../../data/batch.ts'
import { implement } from '../../engine/operator.ts'
import { conditionOf } from '../shared/evaluators.ts'
import { FailedRows } from '../shared/failed-rows.ts'
import { filter } from './definition.ts'

/** Keeps rows for which the condition is TRUE; FALSE and NULL remove (semantics rule 4). */
export const filterOperator = implement(filter, (config, context) => {
  const evaluator = conditionOf(config.condition, context)
  const failedRows = new FailedRows(config.onError, context)
  const out = context.output('out')
  return {
    process(_input, batch) {
      const condition = evaluator.bind(batch)
      const kept = new Int32Array(batch.length)
      const removed = new Int32Array(batch.length)
      let count = 0
      let removedCount = 0
      for (let row = 0; row < batch.length; row++) {
        try {
          if (condition(row) === true) kept[count++] = row
          else removed[removedCount++] = row
        } catch (error) {
          failedRows.row(batch, row, error, 'condition')
        }
      }
      context.removed(batch, removed, removedCount)
      if (count > 0) out.emit(selectRows(batch, kept, count))
    },
  }
})

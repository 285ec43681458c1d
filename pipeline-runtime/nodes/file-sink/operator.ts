import { implement, type OutgoingRecord } from '../../engine/operator.ts'
import { firstInput } from '../shared/evaluators.ts'
import { encoderOf } from '../shared/row-encoding.ts'
import { fileSink } from './definition.ts'

/** Writes rows only: the header of a file and the ends of its lines are the file writer's. */
export const fileSinkOperator = implement(fileSink, (config, context) => {
  const encoder = encoderOf(config.format, firstInput(context).columns)
  return {
    process(_input, batch) {
      const records: OutgoingRecord[] = []
      for (let row = 0; row < batch.length; row++) {
        records.push({ key: null, value: encoder.encode(batch, row), timestamp: batch.eventTimes[row] ?? 0 })
      }
      context.write(records)
    },
  }
})

import { withColumns } from '../../data/batch.ts'
import { implement } from '../../engine/operator.ts'
import { union } from './definition.ts'

export const unionOperator = implement(union, (_config, context) => {
  const out = context.output('out')
  const fields = context.outputs.out?.columns ?? []
  const inOrder = context.inputs.map(({ columns }) => columns.every(({ name }, i) => name === fields[i]?.name))
  return {
    process(input, batch) {
      if (inOrder[input] === true) out.emit(batch)
      else {
        const columns = fields.map(({ name }) => batch.column(name))
        out.emit(withColumns(batch, fields, columns))
      }
    },
  }
})

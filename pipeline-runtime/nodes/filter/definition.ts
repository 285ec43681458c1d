import { z } from 'zod'
import { DEAD_LETTER_SCHEMA, rowsSchema } from '../../spec/edge-schema.ts'
import { defineNodeKind } from '../../spec/node-kind.ts'
import { checkCondition } from '../shared/expressions.ts'
import { condition, DEAD_LETTER_PORT, EXPRESSION_ON_ERROR, onError } from '../shared/fields.ts'
import { OUT, outPorts } from '../shared/ports.ts'
import { reference } from './reference.ts'

const config = z.strictObject({
  condition: condition(
    'Condition',
    "Rows for which this is true are kept, for example status = 'paid'. A row for which it is neither true nor false is removed too.",
  ),
  onError: onError(EXPRESSION_ON_ERROR),
})

export const filter = defineNodeKind({
  kind: 'filter',
  version: 1,
  title: 'Filter',
  category: 'shape',
  icon: 'filter',
  description:
    'Keeps the rows for which a condition is true and removes the others. The removed rows are counted and can be looked at. A comparison with an empty value is never true, so such rows are removed.',
  config,
  ports: ({ onError }) => ({ in: [{ name: 'in', title: 'Rows' }], out: outPorts(onError, OUT) }),
  derive({ condition, onError }, inputs, context) {
    const setAside = onError === 'dead-letter' ? { [DEAD_LETTER_PORT]: DEAD_LETTER_SCHEMA } : {}
    const input = inputs.in?.[0]
    if (input === undefined) return setAside
    checkCondition(condition, input, ['condition'], context)
    return { out: rowsSchema(input.columns, input.recordParts), ...setAside }
  },
  sentence: ({ condition }) => condition,
  promise: 'order',
  migrations: [],
  examples: [
    {
      title: 'Only paid purchases',
      config: { condition: "status = 'paid'" },
      given: {
        in: {
          columns: { country: 'STRING', status: 'STRING' },
          rows: [
            { country: 'DE', status: 'paid', $timestamp: 1000 },
            { country: 'NL', status: 'declined', $timestamp: 2000 },
            { country: 'FR', status: null, $timestamp: 3000 },
          ],
        },
      },
      expect: { out: [{ country: 'DE', status: 'paid' }] },
    },
    {
      title: 'Rows that cannot be calculated are set aside',
      config: { condition: '100 % parts = 0', onError: 'dead-letter' },
      given: {
        in: {
          columns: { parts: 'BIGINT' },
          rows: [
            { parts: 5, $timestamp: 1000 },
            { parts: 0, $timestamp: 2000 },
            { parts: 30, $timestamp: 3000 },
          ],
        },
      },
      expect: { out: [{ parts: 5 }], 'dead-letter': [{ code: 'DIVISION_BY_ZERO' }] },
    },
  ],
  reference,
})

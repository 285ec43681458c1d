import { expect, test } from 'vitest'
import { STRING } from '../../pipeline-runtime/data/types.ts'
import type { Value } from '../../pipeline-runtime/data/value.ts'
import { analyzeCondition, applyFix } from '../../pipeline-runtime/expressions/expressions.ts'
import { sampleHints } from './sample-hints.ts'

const scope = {
  columns: [
    { name: 'status', type: STRING },
    { name: 'order', type: STRING },
  ],
  recordParts: false,
  timeZone: 'UTC',
}
const rows = ['paid', 'paid', 'open', null].map((status) => new Map<string, Value>([['status', status]]))
const hintsOf = (text: string) => sampleHints(analyzeCondition(text, scope), text, rows)

test('a value in another spelling than that of the rows', () => {
  const text = "status = 'Paid' AND TRUE"
  const [hint] = hintsOf(text)
  expect(hint?.message).toBe("'Paid' is not in the sample; 'paid' has 2 rows.")
  expect(hint === undefined ? '' : applyFix(text, hint.fix)).toBe("status = 'paid' AND TRUE")
  expect(hintsOf("'OPEN ' = status")[0]?.fix.title).toBe("Use 'open'")
})

test('rows without a value are not other than a value', () => {
  const text = "NOT TRUE OR status <> 'paid'"
  const [hint] = hintsOf(text)
  expect(hint?.message).toBe('This is also not true for 1 row of the sample without a value in status.')
  const mended = hint === undefined ? '' : applyFix(text, hint.fix)
  expect(mended).toBe("NOT TRUE OR (status <> 'paid' OR status IS NULL)")
  expect(analyzeCondition(mended, scope).issues).toEqual([])
  expect(hintsOf(mended)).toEqual([])
})

test.each(["status = 'paid'", "status = 'unheard of'", "status < 'Paid'", "order = 'x'", 'status =', "UPPER(status) = 'PAID'"])(
  'nothing to say about %s',
  (text) => {
    expect(hintsOf(text)).toEqual([])
  },
)

import { describe, expect, test } from 'vitest'
import { analyze, analyzeCondition } from './analyze.ts'
import { exampleScope } from './example-rows.contract.ts'
import { applyFix } from './issues.ts'
import type { Scope } from './scope.ts'

/** Text, code of its first issue, text after the fix (undefined: no fix offered). */
const TRAPS: readonly (readonly [text: string, code: string, fixed?: string])[] = [
  ['status = "paid"', 'TEXT_IN_DOUBLE_QUOTES', "status = 'paid'"],
  ["status == 'paid'", 'DOUBLE_EQUALS', "status = 'paid'"],
  ['ok&&unsure', 'DOUBLE_AMPERSAND', 'ok AND unsure'],
  ['ok || unsure', 'DOUBLE_BAR', 'ok OR unsure'],
  ["CONCAT(status; 'x')", 'SEMICOLON', "CONCAT(status, 'x')"],
  ['status = ‘paid’', 'CURLY_QUOTES', "status = 'paid'"],
  ['status = “paid”', 'CURLY_QUOTES', "status = 'paid'"],
  ['note = NULL', 'COMPARED_WITH_NULL', 'note IS NULL'],
  ['note <> NULL', 'COMPARED_WITH_NULL', 'note IS NOT NULL'],
  ["Status = 'paid'", 'WRONG_CASE', "status = 'paid'"],
  ["statsu = 'paid'", 'UNKNOWN_COLUMN', "status = 'paid'"],
  ['END = 7', 'WRONG_CASE', '`end` = 7'],
  ['nothing_like_it = 1', 'UNKNOWN_COLUMN'],
  ['LEN(status) > 3', 'UNKNOWN_FUNCTION', 'CHAR_LENGTH(status) > 3'],
  ["LEFT(status, 2) = 'pa'", 'UNKNOWN_FUNCTION', "SUBSTRING(status, 1, 2) = 'pa'"],
  ["RIGHT(status, 2) = 'id'", 'UNKNOWN_FUNCTION', "SUBSTRING(status, -2) = 'id'"],
  ["IFNULL(note, '')", 'UNKNOWN_FUNCTION', "COALESCE(note, '')"],
  ['ISBLANK(note)', 'UNKNOWN_FUNCTION', "(note IS NULL OR TRIM(note) = '')"],
  ['IFERROR(CAST(status AS INT), 0)', 'UNKNOWN_FUNCTION', 'COALESCE(TRY_CAST(status AS INT), 0)'],
  ['IFERROR(status, 0)', 'UNKNOWN_FUNCTION'],
  ["DATE_TRUNC('day', ts)", 'UNKNOWN_FUNCTION', 'FLOOR(ts TO DAY)'],
  ["CONTAINS(status, 'ai')", 'UNKNOWN_FUNCTION', "(POSITION('ai' IN (status)) > 0)"],
  ["status ILIKE 'P%'", 'UNKNOWN_OPERATOR', "LOWER(status) LIKE LOWER('P%')"],
  ['YEAR(ts)', 'UNKNOWN_FUNCTION', 'EXTRACT(YEAR FROM ts)'],
  ['UPER(status)', 'UNKNOWN_FUNCTION', 'UPPER(status)'],
  ['ts > NOW()', 'NOT_REPEATABLE'],
  ['ts > CURRENT_TIMESTAMP', 'NOT_REPEATABLE'],
  ['SUM(quantity)', 'AGGREGATE'],
  ['COUNT(*)', 'AGGREGATE'],
  ['quantity / 2', 'INTEGER_DIVISION', 'CAST(quantity AS DOUBLE) / 2'],
  ['7 / 2', 'INTEGER_DIVISION', '7.0 / 2'],
  ["quantity = '3'", 'TYPE_MISMATCH', 'quantity = 3'],
  ['status = 404', 'TYPE_MISMATCH', "status = '404'"],
  ['status = quantity', 'TYPE_MISMATCH', 'CAST(status AS BIGINT) = quantity'],
  ['ts > status', 'TYPE_MISMATCH', 'ts > CAST(status AS TIMESTAMP)'],
  ["ok = 'true'", 'TYPE_MISMATCH', 'ok = TRUE'],
  ["status + '-x'", 'PLUS_OF_TEXTS', "status || '-x'"],
  ['status * 2', 'NOT_A_NUMBER', 'CAST(status AS BIGINT) * 2'],
  ['day + 1', 'TIME_NEEDS_INTERVAL', "day + INTERVAL '1' DAY"],
  ['UPPER(quantity)', 'ARGUMENT_TYPE', 'UPPER(CAST(quantity AS STRING))'],
  ['UPPER()', 'ARGUMENT_COUNT'],
  ["status IN 'paid'", 'IN_NEEDS_LIST', "status IN ('paid')"],
  ['labels.env', 'NOT_A_RECORD', "labels['env']"],
  ['status.x', 'NOT_A_RECORD', "JSON_VALUE(status, '$.x')"],
  ['items.sku', 'NOT_A_RECORD', 'items[1].sku'],
  ['items[0].sku', 'BAD_INDEX', 'items[1].sku'],
  ['payload.usr.id', 'UNKNOWN_FIELD', 'payload.user.id'],
  ["payload['user']", 'NOT_A_LIST', 'payload.user'],
  ["DATE '2024-02-30'", 'BAD_DATE'],
  ["day = '2024-02-30'", 'BAD_DATE'],
  ["INTERVAL '5' FORTNIGHT", 'UNKNOWN_UNIT'],
  ['CAST(status AS TEXT)', 'UNKNOWN_TYPE', 'CAST(status AS STRING)'],
  ['CAST(status)', 'CAST_NEEDS_TYPE'],
  ['CAST(quantity AS TIMESTAMP)', 'NO_CAST'],
  ["REGEXP(status, '(?=x)')", 'BAD_PATTERN'],
  ["REGEXP(status, '(')", 'BAD_PATTERN'],
  ["REGEXP_EXTRACT(status, 'x', 1)", 'BAD_GROUP'],
  ["status LIKE 'a!b' ESCAPE '!'", 'BAD_ESCAPE'],
  ["JSON_VALUE(status, 'a.b')", 'BAD_JSON_PATH'],
  ["DATE_FORMAT(ts, 'yyyy-nn')", 'BAD_FORMAT'],
  ["DATE_FORMAT(ts, '[HH]')", 'BAD_FORMAT'],
  ['TRIM(MIDDLE FROM status)', 'BAD_KEYWORD'],
  ['quantity NOT IN (1, NULL)', 'NOT_IN_NULL'],
  ["(status = 'paid'", 'UNCLOSED_PARENTHESIS', "(status = 'paid')"],
  ["status = 'paid", 'UNCLOSED_QUOTE', "status = 'paid'"],
  ['CASE WHEN ok THEN 1', 'CASE_NEEDS_END', 'CASE WHEN ok THEN 1 END'],
  ["status = 'paid';", 'SYNTAX', "status = 'paid'"],
  ['status =', 'SYNTAX'],
  ['status # 1', 'SYNTAX'],
  ['', 'EMPTY_EXPRESSION'],
  ['$offse', 'UNKNOWN_COLUMN', '$offset'],
]

describe('traps', () => {
  for (const [text, code, fixed] of TRAPS) {
    test(`${text}: ${code}`, () => {
      const issue = analyze(text, exampleScope).issues[0]
      expect(issue?.code).toBe(code)
      expect(issue?.fix === undefined ? undefined : applyFix(text, issue.fix)).toBe(fixed)
      if (fixed !== undefined)
        expect(analyze(fixed, exampleScope).issues.filter((left) => left.code === code || left.severity === 'error')).toEqual([])
    })
  }
})

test('all issues at once, in the order of the text', () => {
  const { issues, typed } = analyze("statsu == 'paid' && LEN(note) > 2 AND ts > NOW()", exampleScope)
  expect(issues.map((issue) => issue.code)).toEqual([
    'UNKNOWN_COLUMN',
    'DOUBLE_EQUALS',
    'DOUBLE_AMPERSAND',
    'UNKNOWN_FUNCTION',
    'NOT_REPEATABLE',
  ])
  expect(typed).toBeUndefined()
})

test('a warning leaves the expression usable', () => {
  expect(analyze('quantity / 2', exampleScope).typed).toBeDefined()
})

test('columns that are read', () => {
  expect(analyze("amount > 1 AND $key = 'a' AND payload.user.id = 1 AND amount < 5", exampleScope).columns).toEqual([
    'amount',
    '$key',
    'payload',
  ])
})

test('record parts only where there are any', () => {
  const scope: Scope = { ...exampleScope, recordParts: false }
  expect(analyze("$key = 'a'", scope).issues[0]?.code).toBe('NO_RECORD_PARTS')
})

test('a condition is BOOLEAN', () => {
  expect(analyzeCondition('quantity', exampleScope).issues[0]).toMatchObject({ code: 'NOT_A_CONDITION', from: 0, to: 8 })
  expect(analyzeCondition("'x'", exampleScope).issues[0]?.code).toBe('NOT_A_CONDITION')
  expect(analyzeCondition('ok', exampleScope).type?.name).toBe('BOOLEAN')
  expect(analyzeCondition('NULL', exampleScope).type?.name).toBe('BOOLEAN')
})

test('texts of any depth are answered', () => {
  const chain = (n: number) => Array.from({ length: n }, (_, i) => `quantity = ${i}`).join(' OR ')
  const nested = (n: number) => `${'('.repeat(n)}1${')'.repeat(n)}`
  for (const text of [nested(240), chain(240)]) expect(analyze(text, exampleScope).issues).toEqual([])
  for (const text of [nested(260), nested(5000), chain(260), chain(3000), `${'NOT '.repeat(5000)}ok`]) {
    expect(analyze(text, exampleScope).issues.map((issue) => issue.code)).toEqual(['TOO_DEEP'])
  }
})

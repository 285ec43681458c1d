import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { shown } from './example-rows.contract.ts'

/** One example or more for each line of the list, beside and apart from those of the function table. */
const EXAMPLES: Readonly<Record<string, readonly (readonly [text: string, value: string])[]>> = {
  '=': [
    ["country = 'NL'", 'true'],
    ['amount = 12.5', 'true'],
    ['note = note', 'NULL'],
  ],
  '<>': [
    ['quantity <> 3', 'false'],
    ["ts <> '2024-02-29 10:04:05'", 'false'],
  ],
  '!=': [['quantity != 4', 'true']],
  '<': [
    ['big < 9007199254740992e0', 'false'],
    ['amount < 12.51', 'true'],
  ],
  '<=': [['quantity <= 3', 'true']],
  '>': [
    ['big > 9007199254740992e0', 'true'],
    ["ts > DATE '2024-02-29'", 'true'],
  ],
  '>=': [["day >= '2024-02-29'", 'true']],
  AND: [
    ['ok AND unsure', 'NULL'],
    ['NOT ok AND unsure', 'false'],
  ],
  OR: [
    ['ok OR unsure', 'true'],
    ['NOT ok OR unsure', 'NULL'],
  ],
  NOT: [
    ['NOT ok', 'false'],
    ['NOT unsure', 'NULL'],
    ['!ok', 'false'],
  ],
  BETWEEN: [
    ['quantity BETWEEN 3 AND 4', 'true'],
    ['quantity NOT BETWEEN 3 AND 4', 'false'],
    ['quantity BETWEEN NULL AND 2', 'false'],
  ],
  IN: [
    ["country IN ('NL', 'DE')", 'true'],
    ["country NOT IN ('DE', NULL)", 'NULL'],
    ['amount IN (1, 12.5)', 'true'],
  ],
  LIKE: [
    ["country LIKE '_L'", 'true'],
    ["status LIKE 'P%'", 'false'],
    ["'a\nb' LIKE 'a%b'", 'true'],
    ["'👍' LIKE '_'", 'true'],
  ],
  ESCAPE: [
    ["'a_b' LIKE 'a!_b' ESCAPE '!'", 'true'],
    ["'axb' LIKE 'a!_b' ESCAPE '!'", 'false'],
  ],
  'IS NULL': [
    ['note IS NULL', 'true'],
    ['ok IS NULL', 'false'],
  ],
  'IS NOT NULL': [['note IS NOT NULL', 'false']],
  'IS TRUE': [
    ['ok IS TRUE', 'true'],
    ['unsure IS TRUE', 'false'],
  ],
  'IS NOT TRUE': [['unsure IS NOT TRUE', 'true']],
  'IS FALSE': [['unsure IS FALSE', 'false']],
  'IS NOT FALSE': [['unsure IS NOT FALSE', 'true']],
  'IS DISTINCT FROM': [
    ["note IS DISTINCT FROM 'x'", 'true'],
    ['note IS DISTINCT FROM NULL', 'false'],
  ],
  'IS NOT DISTINCT FROM': [['note IS NOT DISTINCT FROM note', 'true']],
  CASE: [
    ['CASE WHEN unsure THEN 1 WHEN ok THEN 2.5 END', '2.5'],
    ['CASE note WHEN NULL THEN 1 ELSE 2 END', '2'],
    ['CASE WHEN end = 7 THEN end END', '7'],
  ],
  COALESCE: [["COALESCE(note, country, 'x')", 'NL']],
  NULLIF: [
    ["NULLIF(country, 'NL')", 'NULL'],
    ['NULLIF(quantity, 0)', '3'],
  ],
  IF: [["IF(unsure, 'a', 'b')", 'b']],
  CAST: [
    ["CAST(' 12 ' AS INT)", '12'],
    ["CAST('12.7' AS INT)", '12'],
    ['CAST(-1.9e0 AS BIGINT)', '-1'],
    ["CAST('1.005' AS DECIMAL(10, 2))", '1.01'],
    ['CAST(ok AS STRING)', 'TRUE'],
    ["CAST('2024-02-29 10:04' AS TIMESTAMP)", '2024-02-29T10:04:00.000Z'],
    ['CAST(ts AS DATE)', '2024-02-29'],
    ['CAST(1e10 AS STRING)', '1.0E10'],
  ],
  TRY_CAST: [
    ["TRY_CAST('abc' AS INT)", 'NULL'],
    ["TRY_CAST('1e3' AS INT)", 'NULL'],
    ["TRY_CAST('2024-02-30' AS DATE)", 'NULL'],
    ["TRY_CAST('2024-02-29 10:04+23:59' AS TIMESTAMP)", '2024-02-28T10:05:00.000Z'],
    ["TRY_CAST('2024-02-29 10:04+24:00' AS TIMESTAMP)", 'NULL'],
    ["TRY_CAST('2024-02-29 10:04+01:60' AS TIMESTAMP)", 'NULL'],
    ['TRY_CAST(3000000000 AS INT)', 'NULL'],
  ],
  '+': [
    ['big + 1', '9007199254740994'],
    ['amount + amount', '25.00'],
    ['quantity + 0.5', '3.5'],
    ['price + 1', '1.5'],
  ],
  '-': [
    ['quantity - 5', '-2'],
    ['-quantity', '-3'],
    ['-9223372036854775808', '-9223372036854775808'],
  ],
  '*': [
    ['amount * amount', '156.2500'],
    ['big * 2', '18014398509481986'],
    ['quantity * 4', '12'],
  ],
  '/': [
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['7.0 / 2', '3.500000000000'],
    ['1e0 / 0', 'Infinity'],
  ],
  '%': [
    ['-7 % 2', '-1'],
    ['amount % 5', '2.50'],
  ],
  '||': [
    ["country || '-' || status", 'NL-paid'],
    ['country || note', 'NULL'],
  ],
  ABS: [['ABS(-big)', '9007199254740993']],
  CEIL: [
    ['CEIL(amount)', '13'],
    ['CEIL(-0.5e0)', '0'],
  ],
  FLOOR: [
    ['FLOOR(-amount)', '-13'],
    ['FLOOR(price)', '0'],
  ],
  ROUND: [
    ['ROUND(amount, 1)', '12.5'],
    ['ROUND(-2.5)', '-3'],
    ['ROUND(1.005e0, 2)', '1.01'],
    ['ROUND(1250, -2)', '1300'],
  ],
  SIGN: [['SIGN(-amount)', '-1.00']],
  POWER: [['POWER(quantity, 2)', '9']],
  SQRT: [['SQRT(16)', '4']],
  LN: [['LN(EXP(1))', '1']],
  LOG10: [['LOG10(100)', '2']],
  EXP: [['EXP(0)', '1']],
  MOD: [
    ['MOD(-7, 2)', '-1'],
    ['MOD(7.5, 2)', '1.5'],
  ],
  GREATEST: [
    ['GREATEST(quantity, 2.5)', '3.0'],
    ['GREATEST(1, NULL)', 'NULL'],
  ],
  LEAST: [['LEAST(quantity, 2)', '2']],
  UPPER: [['UPPER(status)', 'PAID']],
  LOWER: [['LOWER(country)', 'nl']],
  TRIM: [
    ["TRIM('  a ')", 'a'],
    ["TRIM(BOTH 'x' FROM 'xaxbx')", 'axb'],
    ["TRIM('x' FROM 'xa')", 'a'],
  ],
  LTRIM: [["LTRIM(' a ')", 'a ']],
  RTRIM: [["RTRIM(' a ')", ' a']],
  CHAR_LENGTH: [["CHAR_LENGTH('a👍b')", '3']],
  SUBSTRING: [
    ["SUBSTRING('abc', 0, 2)", 'ab'],
    ["SUBSTRING('abc', -2, 1)", 'b'],
    ["SUBSTRING('a👍b' FROM 2 FOR 1)", '👍'],
    ["SUBSTRING('abc', 9)", ''],
  ],
  POSITION: [
    ["POSITION('L' IN country)", '2'],
    ["POSITION('b' IN '👍b')", '2'],
  ],
  REPLACE: [["REPLACE(status, 'p', 'm')", 'maid']],
  CONCAT: [
    ["CONCAT(country, ':', status)", 'NL:paid'],
    ['CONCAT(country, note)', 'NULL'],
  ],
  CONCAT_WS: [["CONCAT_WS(',', country, note, status)", 'NL,paid']],
  LPAD: [
    ["LPAD('abc', 2, 'x')", 'ab'],
    ["LPAD('c', 4, 'ab')", 'abac'],
  ],
  RPAD: [["RPAD('c', 4, 'ab')", 'caba']],
  REVERSE: [["REVERSE('a👍')", '👍a']],
  STARTSWITH: [["STARTSWITH(status, 'pa')", 'true']],
  SPLIT_INDEX: [
    ["SPLIT_INDEX('a,b', ',', 0)", 'a'],
    ["SPLIT_INDEX('a,b', ',', 2)", 'NULL'],
  ],
  REGEXP: [["REGEXP(status, '^p')", 'true']],
  REGEXP_EXTRACT: [
    ["REGEXP_EXTRACT(status, 'p(.)', 1)", 'a'],
    ["REGEXP_EXTRACT(status, 'x')", 'NULL'],
  ],
  REGEXP_REPLACE: [["REGEXP_REPLACE('a1b22', '[0-9]+', '#')", 'a#b#']],
  INTERVAL: [
    ["ts + INTERVAL '5' MINUTE", '2024-02-29T10:09:05.000Z'],
    ["ts - INTERVAL '5.001' SECOND", '2024-02-29T10:03:59.999Z'],
  ],
  'timestamp arithmetic': [
    ["day + INTERVAL '1' DAY", '2024-03-01'],
    ["DATE '2024-01-31' + INTERVAL '1' MONTH", '2024-02-29'],
    ["ts - INTERVAL '1' YEAR", '2023-02-28T10:04:05.000Z'],
    ["ts - ts < INTERVAL '1' SECOND", 'true'],
  ],
  TO_TIMESTAMP_LTZ: [
    ['TO_TIMESTAMP_LTZ(0, 3)', '1970-01-01T00:00:00.000Z'],
    ['TO_TIMESTAMP_LTZ(-1, 0)', '1969-12-31T23:59:59.000Z'],
  ],
  TO_TIMESTAMP: [
    ["TO_TIMESTAMP('2024-02-29T10:04:05.123')", '2024-02-29T10:04:05.123Z'],
    ["TO_TIMESTAMP('20240229', 'yyyyMMdd')", '2024-02-29T00:00:00.000Z'],
  ],
  DATE_FORMAT: [["DATE_FORMAT(ts, 'yyyy/MM/dd HH:mm:ss.SSS')", '2024/02/29 10:04:05.000']],
  EXTRACT: [
    ['EXTRACT(YEAR FROM ts)', '2024'],
    ['EXTRACT(WEEK FROM day)', '9'],
    ["EXTRACT(HOUR FROM TIMESTAMP '1969-12-31 23:59:59')", '23'],
  ],
  DAYOFWEEK: [
    ["DAYOFWEEK(DATE '2024-03-03')", '1'],
    ["DAYOFWEEK(DATE '1969-12-27')", '7'],
  ],
  'FLOOR(t TO unit)': [
    ['FLOOR(ts TO HOUR)', '2024-02-29T10:00:00.000Z'],
    ['FLOOR(day TO MONTH)', '2024-02-01'],
    ['FLOOR(day TO WEEK)', '2024-02-25'],
  ],
  TIMESTAMPDIFF: [
    ["TIMESTAMPDIFF(MINUTE, ts, ts + INTERVAL '90' SECOND)", '1'],
    ["TIMESTAMPDIFF(MONTH, DATE '2024-03-31', DATE '2024-02-29')", '-1'],
  ],
  CARDINALITY: [
    ['CARDINALITY(items)', '2'],
    ['CARDINALITY(labels)', '1'],
  ],
  ELEMENT: [['ELEMENT(single)', 'only']],
  JSON_VALUE: [
    [`JSON_VALUE('{"a": [1.50, true]}', '$.a[0]')`, '1.50'],
    [`JSON_VALUE('{"a": null}', '$.a')`, 'NULL'],
    [`JSON_VALUE('{"a": 1', '$.a')`, 'NULL'],
  ],
  MD5: [["MD5('')", 'd41d8cd98f00b204e9800998ecf8427e']],
  SHA256: [["SHA256('')", 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']],
}

const list = readFileSync(new URL('../../test/conformance/first-functions.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')

describe('the First list of the design', () => {
  let passed = 0
  for (const name of list) {
    test(name, () => {
      const examples = EXAMPLES[name] ?? []
      expect(examples.length).toBeGreaterThan(0)
      for (const [text, value] of examples) expect(`${text} is ${shown(text)}`).toBe(`${text} is ${value}`)
      passed++
    })
  }
  test('count', () => {
    console.log(`expressions: ${passed} of ${list.length} first functions`)
    expect(passed).toBe(list.length)
  })
})

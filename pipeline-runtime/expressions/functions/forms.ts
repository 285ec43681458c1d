import type { FormEntry, Topic } from '../function-entry.ts'

function form(
  topic: Topic,
  name: string,
  usage: string,
  doc: string,
  examples: readonly (readonly [text: string, value: string])[],
  flink?: string,
): FormEntry {
  const entry = { kind: 'form', name, topic, usage, doc, examples: examples.map(([text, value]) => ({ text, value })) } as const
  return flink === undefined ? entry : { ...entry, flink }
}

const LOGIC = 'Comparison and logic'
const NUMBERS = 'Numbers'
const TIME = 'Dates and times'

/** Operators and lazy forms: their grammar is in `sql.grammar`, their types in `analyze-*.ts`, their meaning in `compile.ts`. */
export const forms: readonly FormEntry[] = [
  form(LOGIC, '=', 'a = b', 'Equal; NULL if a side is NULL.', [
    ["status = 'paid'", 'true'],
    ['9007199254740993 = 9007199254740993e0', 'false'],
    ['1 = NULLIF(1, 1)', 'NULL'],
  ]),
  form(LOGIC, '<>', 'a <> b', 'Not equal; != is the same.', [
    ['1 <> 2', 'true'],
    ['1 != 1', 'false'],
  ]),
  form(LOGIC, '<', 'a < b', 'Less.', [
    ['1 < 1.5', 'true'],
    ["'a' < 'b'", 'true'],
  ]),
  form(LOGIC, '<=', 'a <= b', 'Less or equal.', [['2 <= 2', 'true']]),
  form(LOGIC, '>', 'a > b', 'Greater.', [['2 > 2', 'false']]),
  form(LOGIC, '>=', 'a >= b', 'Greater or equal.', [["DATE '2024-03-01' >= '2024-02-29'", 'true']]),
  form(LOGIC, 'AND', 'a AND b', 'Both; false as soon as one is false, else NULL if one is NULL.', [
    ['TRUE AND FALSE', 'false'],
    ['NULL AND FALSE', 'false'],
    ['NULL AND TRUE', 'NULL'],
  ]),
  form(LOGIC, 'OR', 'a OR b', 'One of the two; true as soon as one is true, else NULL if one is NULL.', [
    ['TRUE OR FALSE', 'true'],
    ['NULL OR TRUE', 'true'],
    ['NULL OR FALSE', 'NULL'],
  ]),
  form(LOGIC, 'NOT', 'NOT a', 'The contrary; NULL stays NULL.', [
    ['NOT FALSE', 'true'],
    ['NOT NULL', 'NULL'],
  ]),
  form(LOGIC, 'BETWEEN', 'a [NOT] BETWEEN low AND high', 'From low to high, both included.', [
    ['2 BETWEEN 1 AND 2', 'true'],
    ['2 NOT BETWEEN 1 AND 3', 'false'],
  ]),
  form(LOGIC, 'IN', 'a [NOT] IN (b, c, …)', 'Equal to one of the list; NOT IN with a NULL in the list is never true.', [
    ["'b' IN ('a', 'b')", 'true'],
    ['1 NOT IN (2, NULL)', 'NULL'],
  ]),
  form(
    LOGIC,
    'LIKE',
    "a [NOT] LIKE pattern [ESCAPE '!']",
    'Matches the whole pattern: % is any run of characters, _ is one; upper and lower case count.',
    [
      ["'millrace' LIKE 'mill%'", 'true'],
      ["'abc' LIKE 'A%'", 'false'],
    ],
  ),
  form(LOGIC, 'ESCAPE', "a LIKE pattern ESCAPE '!'", 'The character before a % or _ that stands for itself; there is none by default.', [
    ["'100%' LIKE '%!%' ESCAPE '!'", 'true'],
    ["'100x' LIKE '%!%' ESCAPE '!'", 'false'],
  ]),
  form(LOGIC, 'IS NULL', 'a IS [NOT] NULL', 'Whether there is no value.', [
    ['NULL IS NULL', 'true'],
    ['1 IS NOT NULL', 'true'],
  ]),
  form(LOGIC, 'IS TRUE', 'a IS [NOT] TRUE', 'Whether it is true; never NULL itself.', [
    ['NULL IS TRUE', 'false'],
    ['NULL IS NOT TRUE', 'true'],
  ]),
  form(LOGIC, 'IS FALSE', 'a IS [NOT] FALSE', 'Whether it is false; never NULL itself.', [
    ['(1 > 2) IS FALSE', 'true'],
    ['NULL IS NOT FALSE', 'true'],
  ]),
  form(LOGIC, 'IS DISTINCT FROM', 'a IS [NOT] DISTINCT FROM b', 'Different, where NULL is the same as NULL.', [
    ['NULL IS DISTINCT FROM 1', 'true'],
    ['NULL IS NOT DISTINCT FROM NULL', 'true'],
  ]),
  form(
    LOGIC,
    'CASE',
    'CASE WHEN condition THEN value … ELSE value END',
    'The value after the first condition that is true, else that after ELSE, else NULL.',
    [
      ["CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END", 'b'],
      ["CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END", 'two'],
    ],
  ),
  form(LOGIC, 'COALESCE', 'COALESCE(a, b, …)', 'The first value that is not NULL.', [['COALESCE(NULL, 2, 3)', '2']]),
  form(LOGIC, 'NULLIF', 'NULLIF(a, b)', 'NULL where a equals b, else a.', [
    ["NULLIF('', '')", 'NULL'],
    ['NULLIF(1, 2)', '1'],
  ]),
  form(LOGIC, 'IF', 'IF(condition, a, b)', 'a where the condition is true, else b.', [["IF(1 < 2, 'yes', 'no')", 'yes']]),
  form('Conversion', 'CAST', 'CAST(a AS type)', 'The value as another type; an error of the record where that fails.', [
    ["CAST(' 12 ' AS INT)", '12'],
    ["CAST('12.7' AS INT)", '12'],
    ['CAST(1.5 AS STRING)', '1.5'],
  ]),
  form('Conversion', 'TRY_CAST', 'TRY_CAST(a AS type)', 'As CAST, but NULL where it fails.', [
    ["TRY_CAST('abc' AS INT)", 'NULL'],
    ["TRY_CAST('1e3' AS INT)", 'NULL'],
  ]),
  form(
    NUMBERS,
    '+',
    'a + b',
    'The sum; of whole numbers exact, and an error of the record beyond 64 bits.',
    [
      ['9007199254740992 + 1', '9007199254740993'],
      ['1.10 + 2', '3.10'],
    ],
    'Flink wraps around beyond 64 bits.',
  ),
  form(
    NUMBERS,
    '-',
    'a - b',
    'The difference, or with one operand the negative.',
    [
      ['1 - 3', '-2'],
      ['-(2)', '-2'],
    ],
    'Flink wraps around beyond 64 bits.',
  ),
  form(
    NUMBERS,
    '*',
    'a * b',
    'The product.',
    [
      ['3037000499 * 3037000499', '9223372030926249001'],
      ['1.5 * 2', '3.0'],
    ],
    'Flink wraps around beyond 64 bits.',
  ),
  form(NUMBERS, '/', 'a / b', 'The quotient; of whole numbers cut towards zero.', [
    ['7 / 2', '3'],
    ['-7 / 2', '-3'],
    ['7e0 / 2', '3.5'],
  ]),
  form(NUMBERS, '%', 'a % b', 'The rest of the division, with the sign of a.', [['-7 % 3', '-1']]),
  form('Text', '||', 'a || b', 'The texts one behind the other; NULL if one is NULL.', [
    ["'mill' || 'race'", 'millrace'],
    ["'a' || NULL", 'NULL'],
  ]),
  form(
    TIME,
    'INTERVAL',
    "INTERVAL '5' MINUTE",
    'A length of time: SECOND (with a fraction), MINUTE, HOUR, DAY, WEEK, or MONTH, QUARTER, YEAR.',
    [
      ["INTERVAL '5.001' SECOND", '5001'],
      ["INTERVAL '2' YEAR", '24'],
    ],
  ),
  form(TIME, 'DATE', "DATE '2024-02-29'", 'A day.', [["DATE '2024-02-29'", '2024-02-29']]),
  form(
    TIME,
    'TIMESTAMP',
    "TIMESTAMP '2024-02-29 10:04:05'",
    'A time on the clock of the time zone.',
    [["TIMESTAMP '2024-02-29 10:04:05'", '2024-02-29T10:04:05.000Z']],
    'Flink has it without a zone.',
  ),
  form(
    TIME,
    'time arithmetic',
    "t + INTERVAL '1' DAY, t2 - t1",
    'A time or date later or earlier, and the length between two; months clip to the last day of the month.',
    [
      ["DATE '2024-01-31' + INTERVAL '1' MONTH", '2024-02-29'],
      ["TIMESTAMP '2024-02-29 10:00:00' - INTERVAL '5' MINUTE", '2024-02-29T09:55:00.000Z'],
      ["TIMESTAMP '2024-02-29 10:00:01' - TIMESTAMP '2024-02-29 10:00:00'", '1000'],
    ],
    'Flink writes the length between two times with TIMESTAMPDIFF.',
  ),
  form(
    'Lists, maps and JSON',
    '[ ]',
    "list[1], map['key']",
    'An element of a list, counted from 1, or the value under a key; NULL if there is none.',
    [
      ['tags[1]', 'new'],
      ["labels['env']", 'prod'],
    ],
  ),
  form('Lists, maps and JSON', '.', 'record.field', 'A field of a record.', [['payload.user.id', '42']]),
]

import fc from 'fast-check'
import type { Ast, BinaryOperator } from './ast.ts'

/** Random syntax trees, for tests. Positions are all zero; names and texts are as nasty as the grammar lets them be. */

const at = { from: 0, to: 0 } as const
const name = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'end',
    'order',
    'date',
    'timestamp',
    'interval',
    'from',
    'to',
    'as',
    'escape',
    'unknown',
    'distinct',
    'case',
    'and',
    'not',
    'both',
  ),
  fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'B', '_', '1', ' ', '"', '`', "'", 'é', '.', '-') }),
)
const text = fc.string({ maxLength: 5, unit: fc.constantFrom('a', "'", '"', '`', '%', '\\', '\n', '-', '👍', ';', '’') })
const number = fc.oneof(fc.nat().map(String), fc.constantFrom('1.50', '.5', '1e3', '2.5E-3', '9223372036854775808', '00'))
const keyword = fc.constantFrom('YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND')
const target = fc.constantFrom('BIGINT', 'INT', 'DECIMAL(10, 2)', 'DECIMAL(5)', 'STRING', 'TIMESTAMP(3)', 'DATE')
const functionName = fc.constantFrom('F', 'UPPER', 'IF', 'COALESCE', 'REPLACE', 'LEFT', 'DATE', 'END', 'TRIM', 'SUBSTRING')

export const randomAst: fc.Arbitrary<Ast> = fc.letrec<{ ast: Ast }>((tie) => {
  const ast = tie('ast')
  const list = (minLength: number) => fc.array(ast, { minLength, maxLength: 3 })
  const operator = fc.constantFrom<BinaryOperator>('+', '-', '*', '/', '%', '||', '=', '<>', '<', '<=', '>', '>=', 'AND', 'OR')
  const negated = fc.boolean()
  return {
    ast: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      number.map((text): Ast => ({ kind: 'number', text, ...at })),
      text.map((value): Ast => ({ kind: 'text', value, ...at })),
      fc.boolean().map((value): Ast => ({ kind: 'boolean', value, ...at })),
      fc.constant<Ast>({ kind: 'null', ...at }),
      fc.constant<Ast>({ kind: 'date', text: '2024-02-29', ...at }),
      fc.constant<Ast>({ kind: 'timestamp', text: "it's", ...at }),
      keyword.map((unit): Ast => ({ kind: 'interval', text: '-5', unit, ...at })),
      fc.oneof(name, fc.constantFrom('$key', '$headers')).map((name): Ast => ({ kind: 'column', name, ...at })),
      fc.tuple(ast, name).map(([object, name]): Ast => ({ kind: 'field', object, name, ...at })),
      fc.tuple(ast, ast).map(([object, index]): Ast => ({ kind: 'index', object, index, ...at })),
      fc
        .tuple(fc.constantFrom('-' as const, '+' as const, 'NOT' as const), ast)
        .map(([operator, operand]): Ast => ({ kind: 'unary', operator, operand, ...at })),
      fc
        .tuple(operator, ast, ast)
        .map(([operator, left, right]): Ast => ({ kind: 'binary', operator, left, right, operatorAt: at, ...at })),
      fc
        .tuple(operator, ast, ast)
        .map(([operator, left, right]): Ast => ({ kind: 'binary', operator, left, right, operatorAt: at, ...at })),
      fc
        .tuple(ast, negated, fc.constantFrom('NULL' as const, 'TRUE' as const, 'FALSE' as const, 'UNKNOWN' as const))
        .map(([operand, negated, test]): Ast => ({ kind: 'is', operand, negated, test, ...at })),
      fc.tuple(ast, ast, negated).map(([left, right, negated]): Ast => ({ kind: 'distinct', left, right, negated, ...at })),
      fc
        .tuple(ast, ast, ast, negated)
        .map(([operand, low, high, negated]): Ast => ({ kind: 'between', operand, low, high, negated, ...at })),
      fc.tuple(ast, list(1), negated).map(([operand, list, negated]): Ast => ({ kind: 'in', operand, list, negated, ...at })),
      fc
        .tuple(ast, ast, fc.option(ast, { nil: undefined }), negated)
        .map(([operand, pattern, escapeWith, negated]): Ast => ({ kind: 'like', operand, pattern, escapeWith, negated, ...at })),
      fc
        .tuple(
          fc.option(ast, { nil: undefined }),
          fc.array(fc.record({ when: ast, value: ast }), { minLength: 1, maxLength: 2 }),
          fc.option(ast, { nil: undefined }),
        )
        .map(([operand, branches, otherwise]): Ast => ({ kind: 'case', operand, branches, otherwise, ...at })),
      fc
        .tuple(ast, target, fc.boolean())
        .map(([operand, target, tolerant]): Ast => ({ kind: 'cast', operand, target, targetAt: at, tolerant, ...at })),
      fc.tuple(functionName, list(0)).map(([name, args]): Ast => ({ kind: 'call', name, nameAt: at, keyword: undefined, args, ...at })),
      fc.tuple(ast, ast).map((args): Ast => ({ kind: 'call', name: 'POSITION', nameAt: at, keyword: undefined, args, ...at })),
      fc
        .tuple(fc.constantFrom('EXTRACT', 'FLOOR', 'CEIL'), keyword, ast)
        .map(([name, keyword, arg]): Ast => ({ kind: 'call', name, nameAt: at, keyword, args: [arg], ...at })),
      fc
        .tuple(keyword, ast, ast)
        .map(([keyword, ...args]): Ast => ({ kind: 'call', name: 'TIMESTAMPDIFF', nameAt: at, keyword, args, ...at })),
      fc
        .tuple(fc.constantFrom('BOTH', 'LEADING', 'TRAILING'), ast, ast)
        .map(([keyword, ...args]): Ast => ({ kind: 'call', name: 'TRIM', nameAt: at, keyword, args, ...at })),
    ),
  }
}).ast

/** A copy in which all positions are zero. */
export function withoutPositions(ast: Ast): unknown {
  return JSON.parse(JSON.stringify(ast, (key, value: unknown) => (key === 'from' || key === 'to' ? 0 : value)))
}

type Kind = 'BOOLEAN' | 'BIGINT' | 'DOUBLE' | 'DECIMAL' | 'STRING' | 'DATE' | 'TIME'

const byKind = fc.letrec<Record<Kind, string>>((tie) => {
  const [b, n, d, m, s, day, t] = [tie('BOOLEAN'), tie('BIGINT'), tie('DOUBLE'), tie('DECIMAL'), tie('STRING'), tie('DATE'), tie('TIME')]
  const pick = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
    fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((texts) => texts.join(' '))
  const some = (leaf: readonly string[], ...deep: readonly fc.Arbitrary<string>[]) =>
    fc.oneof({ maxDepth: 4, depthSize: 'small' }, fc.constantFrom(...leaf), ...deep)
  const arithmetic = fc.constantFrom('+', '-', '*', '/', '%')
  const compare = fc.constantFrom('=', '<>', '<', '<=', '>', '>=', 'IS DISTINCT FROM', 'IS NOT DISTINCT FROM')
  const unit = fc.constantFrom('SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR')
  const interval = pick("INTERVAL '", fc.integer({ min: -9999, max: 9999 }).map(String), "'", unit).map((text) =>
    text.replace(/' /, "'").replace(/ '/, "'"),
  )
  const any = fc.oneof(b, n, d, m, s, day, t)
  const group = (part: fc.Arbitrary<string>) => part.map((text) => `(${text})`)
  return {
    BOOLEAN: some(
      ['ok', 'unsure', 'TRUE', 'FALSE', 'CAST(NULL AS BOOLEAN)'],
      ...[n, d, m, s, day, t].map((part) => pick('(', part, compare, part, ')')),
      pick('(', n, compare, d, ')'),
      pick('(', m, compare, n, ')'),
      pick('(', m, compare, d, ')'),
      pick('(', day, compare, t, ')'),
      pick('(', b, fc.constantFrom('AND', 'OR'), b, ')'),
      pick('( NOT', b, ')'),
      pick('(', any, 'IS NULL )'),
      pick('(', b, 'IS NOT TRUE )'),
      pick('(', n, 'BETWEEN', n, 'AND', d, ')'),
      pick('(', s, 'LIKE', s, ')'),
      pick('(', n, 'NOT IN (', n, ',', m, ', NULL ) )'),
      pick('(', s, 'IN (', s, ', NULL ) )'),
      pick('REGEXP(', s, ",'[a-z]+')"),
      pick('STARTSWITH(', s, ',', s, ')'),
      pick('REGEXP(', s, ',', s, ')'),
    ),
    BIGINT: some(
      [
        'quantity',
        'big',
        '`end`',
        '0',
        '-1',
        '9223372036854775807',
        '-9223372036854775808',
        '9007199254740992',
        'CAST(NULL AS BIGINT)',
        '$offset',
        'payload.user.id',
        'items[1].n',
      ],
      pick('(', n, arithmetic, n, ')'),
      pick('( -', group(n), ')'),
      pick('ABS(', n, ')'),
      pick('SIGN(', n, ')'),
      pick('MOD(', n, ',', n, ')'),
      pick('ROUND(', n, ',', n, ')'),
      pick('CAST(', fc.oneof(d, m, s, b), 'AS BIGINT )'),
      pick('TRY_CAST(', fc.oneof(d, m, s), 'AS INT )'),
      pick('CHAR_LENGTH(', s, ')'),
      pick('POSITION(', s, 'IN (', s, '))'),
      pick('EXTRACT(', fc.constantFrom('YEAR', 'WEEK', 'DOY', 'EPOCH', 'HOUR'), 'FROM', fc.oneof(day, t), ')'),
      pick('TIMESTAMPDIFF(', unit, ',', t, ',', t, ')'),
      pick('GREATEST(', n, ',', n, ')'),
      pick('CASE WHEN', b, 'THEN', n, 'END'),
      pick('NULLIF(', n, ',', n, ')'),
      pick('DAYOFWEEK(', day, ')'),
    ),
    DOUBLE: some(
      ['price', '0e0', '-1.5e300', '1e-320', "CAST('NaN' AS DOUBLE)", "CAST('-Infinity' AS DOUBLE)", 'CAST(NULL AS DOUBLE)'],
      pick('(', d, arithmetic, fc.oneof(d, n, m), ')'),
      pick('SQRT(', fc.oneof(n, m, d), ')'),
      pick('LN(', d, ')'),
      pick('EXP(', d, ')'),
      pick('POWER(', d, ',', n, ')'),
      pick('ROUND(', d, ',', n, ')'),
      pick('FLOOR(', d, ')'),
      pick('CEIL(', d, ')'),
      pick('COALESCE(', d, ',', n, ')'),
      pick('LEAST(', d, ',', m, ')'),
    ),
    DECIMAL: some(
      [
        'amount',
        '0.00',
        '-1.5',
        '99999999999999999999999999999999999999',
        '0.0000000000000000000000000000000000001',
        'CAST(NULL AS DECIMAL(10, 2))',
      ],
      pick('(', m, arithmetic, fc.oneof(m, n), ')'),
      pick('ABS(', m, ')'),
      pick('FLOOR(', m, ')'),
      pick('CEIL(', m, ')'),
      pick('ROUND(', m, ')'),
      pick('ROUND(', m, ', 1)'),
      pick('SIGN(', m, ')'),
      pick('CAST(', fc.oneof(d, n, s, m), 'AS DECIMAL(12, 3))'),
      pick('MOD(', m, ',', fc.oneof(n, m), ')'),
      pick('( -', group(m), ')'),
    ),
    STRING: some(
      [
        'status',
        'country',
        'note',
        "''",
        "'👍é'",
        "'a%_b'",
        "'12'",
        '\'{"a":[1]}\'',
        '$key',
        "$headers['x']",
        "labels['q']",
        'tags[1]',
        "'\\'",
      ],
      pick('(', s, '||', s, ')'),
      pick('UPPER(', s, ')'),
      pick('TRIM(', s, ')'),
      pick('TRIM( LEADING', s, 'FROM', s, ')'),
      pick('SUBSTRING(', s, ',', n, ',', n, ')'),
      pick('REPLACE(', s, ',', s, ',', s, ')'),
      pick('LPAD(', s, ',', n, ',', s, ')'),
      pick('REVERSE(', s, ')'),
      pick('SPLIT_INDEX(', s, ',', s, ',', n, ')'),
      pick('REGEXP_REPLACE(', s, ',', s, ',', s, ')'),
      pick('REGEXP_EXTRACT(', s, ",'(a)(b)?', 2)"),
      pick('CAST(', any, 'AS STRING)'),
      pick('JSON_VALUE(', s, ",'$.a[0]')"),
      pick('JSON_VALUE(', s, ',', s, ')'),
      pick('MD5(', s, ')'),
      pick('DATE_FORMAT(', t, ",'yyyy-MM-dd HH:mm')"),
      pick('DATE_FORMAT(', t, ',', s, ')'),
      pick('CONCAT_WS(', s, ',', s, ',', s, ')'),
      pick('IF(', b, ',', s, ',', s, ')'),
      pick('(', 'CASE', n, 'WHEN', n, 'THEN', s, 'ELSE', s, 'END )'),
    ),
    DATE: some(
      ['day', "DATE '1582-10-15'", "DATE '-0001-01-01'", 'CAST(NULL AS DATE)'],
      pick('(', day, fc.constantFrom('+', '-'), interval, ')'),
      pick('CAST(', t, 'AS DATE)'),
      pick('FLOOR(', day, 'TO', unit, ')'),
      pick('CEIL(', day, 'TO', unit, ')'),
      pick('TRY_CAST(', s, 'AS DATE)'),
    ),
    TIME: some(
      ['ts', '$timestamp', "TIMESTAMP '1969-12-31 23:59:59.999'", "TIMESTAMP '2024-03-31 02:30:00'", 'CAST(NULL AS TIMESTAMP)'],
      pick('(', t, fc.constantFrom('+', '-'), interval, ')'),
      pick('FLOOR(', t, 'TO', unit, ')'),
      pick('CEIL(', t, 'TO', unit, ')'),
      pick('TO_TIMESTAMP_LTZ(', fc.oneof(n, d, m), ', 3)'),
      pick('TO_TIMESTAMP(', s, ')'),
      pick('CAST(', fc.oneof(s, day), 'AS TIMESTAMP)'),
      pick('TO_TIMESTAMP(', s, ',', s, ')'),
    ),
  }
})

/** Random texts that have a type, over the columns of `example-rows.contract.ts`. */
export const randomText: fc.Arbitrary<string> = fc.oneof(
  byKind.BOOLEAN,
  byKind.BIGINT,
  byKind.DOUBLE,
  byKind.DECIMAL,
  byKind.STRING,
  byKind.DATE,
  byKind.TIME,
)

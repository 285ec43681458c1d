import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilFromDays, daysFromCivil, daysInMonth } from '../data/calendar.ts'
import { Decimal } from '../data/decimal.ts'
import { BIGINT, BOOLEAN, DATE, DOUBLE, decimal, type Field } from '../data/types.ts'
import { integerAtRest, MAX_BIGINT, MIN_BIGINT, type Value } from '../data/value.ts'
import { analyze } from './analyze.ts'
import { addMonths, isoWeek } from './calendar.ts'
import { createEvaluator } from './compile.ts'
import { exampleBatch, exampleFields, exampleRow, exampleScope, typed } from './example-rows.contract.ts'
import { ExpressionError } from './issues.ts'
import { likeTest } from './like.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { randomAst, randomText, withoutPositions } from './random-expressions.contract.ts'

const big = fc.oneof(
  fc.bigInt({ min: MIN_BIGINT, max: MAX_BIGINT }),
  fc.bigInt({ min: -20n, max: 20n }),
  fc.constantFrom(
    MIN_BIGINT,
    MAX_BIGINT,
    9007199254740991n,
    9007199254740992n,
    9007199254740993n,
    -9007199254740992n,
    4503599627370497n,
    0n,
  ),
)

/** Values of an expression over columns a, b, … of such types. */
function evaluate(text: string, types: readonly Field['type'][], values: readonly Value[]): Value | ExpressionError {
  const columns = types.map((type, i) => ({ name: 'abcd'[i] ?? '', type }))
  const expression = typed(text, { columns, recordParts: false, timeZone: 'UTC' })
  try {
    return createEvaluator(expression).bind(exampleBatch([values], columns))(0)
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
}

describe('text', () => {
  test('parse(print(ast)) is ast', () => {
    fc.assert(
      fc.property(randomAst, (ast) => {
        const text = print(ast)
        const again = parse(text)
        expect(again.issues).toEqual([])
        expect(withoutPositions(again.ast)).toEqual(withoutPositions(ast))
      }),
      { numRuns: 500 },
    )
  }, 60_000)

  test('no text makes the analysis throw, and there is a typed expression exactly without errors', () => {
    const token = fc.constantFrom(
      'a',
      'status',
      '"',
      "'",
      '`',
      '(',
      ')',
      '[',
      ']',
      'CASE',
      'WHEN',
      'END',
      'NOT',
      'IN',
      'LIKE',
      'IS',
      'NULL',
      '=',
      '&&',
      '||',
      '.',
      ',',
      ';',
      '1',
      '.5',
      '*',
      '-',
      '$',
      'CAST(',
      'AS',
      'INT',
      'FROM',
      'EXTRACT(',
      'DAY',
      'TRIM(',
      'TO',
      'INTERVAL',
      '“',
      '/*',
      '--',
      '\n',
      '👍',
      'NOW()',
      'amount',
      'ts',
      'items',
    )
    const texts = fc.oneof(
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(' ')),
      fc.string({ maxLength: 20 }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const { typed, issues } = analyze(text, exampleScope)
        expect(typed !== undefined).toBe(!issues.some((issue) => issue.severity === 'error'))
        for (const issue of issues) expect(issue.from >= 0 && issue.from <= issue.to && issue.to <= text.length).toBe(true)
      }),
      { numRuns: 1500 },
    )
  }, 60_000)
})

describe('BIGINT against BigInt', () => {
  const oracles: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
  }
  for (const [operator, oracle] of Object.entries(oracles)) {
    test(operator, () => {
      fc.assert(
        fc.property(big, big, (a, b) => {
          const result = evaluate(`a ${operator} b`, [BIGINT, BIGINT], [integerAtRest(a), integerAtRest(b)])
          if (b === 0n && (operator === '/' || operator === '%')) {
            expect(result).toMatchObject({ code: 'DIVISION_BY_ZERO' })
            return
          }
          const exact = oracle(a, b)
          if (exact > MAX_BIGINT || exact < MIN_BIGINT) expect(result).toMatchObject({ code: 'OVERFLOW' })
          else expect(Object.is(result, integerAtRest(exact))).toBe(true)
        }),
      )
    })
  }
})

describe('comparisons', () => {
  const operators = ['=', '<>', '<', '<=', '>', '>='] as const
  const holds = (operator: (typeof operators)[number], order: number) => {
    return { '=': order === 0, '<>': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator]
  }
  /** A double as an exact fraction over 2^1100. */
  const exact = (value: number) => {
    let scaled = value
    let shift = 0n
    while (!Number.isInteger(scaled)) {
      scaled *= 2
      shift++
    }
    return BigInt(scaled) << (1100n - shift)
  }

  test('BIGINT with DOUBLE is exact', () => {
    const near = fc.tuple(big, fc.integer({ min: -2, max: 2 })).map(([a, step]) => [a, Number(a) + step] as const)
    fc.assert(
      fc.property(
        fc.oneof(near, fc.tuple(big, fc.double({ noNaN: true, noDefaultInfinity: true }))),
        fc.constantFrom(...operators),
        ([a, b], operator) => {
          const [x, y] = [a << 1100n, exact(b)]
          const order = x < y ? -1 : x > y ? 1 : 0
          expect(evaluate(`a ${operator} b`, [BIGINT, DOUBLE], [integerAtRest(a), b])).toBe(holds(operator, order))
          expect(evaluate(`b ${operator} a`, [BIGINT, DOUBLE], [integerAtRest(a), b])).toBe(holds(operator, -order))
        },
      ),
    )
  })

  test('DECIMAL with BIGINT is exact', () => {
    const near = fc.tuple(big, fc.bigInt({ min: -150n, max: 150n })).map(([a, step]) => [a, a * 100n + step] as const)
    fc.assert(
      fc.property(near, fc.constantFrom(...operators), ([a, b], operator) => {
        const order = a * 100n < b ? -1 : a * 100n > b ? 1 : 0
        expect(evaluate(`a ${operator} b`, [BIGINT, decimal(38, 2)], [integerAtRest(a), new Decimal(b, 2)])).toBe(holds(operator, order))
      }),
    )
  })

  test('IN, BETWEEN and CASE agree with the comparisons they stand for', () => {
    const small = fc.option(fc.integer({ min: 0, max: 2 }))
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        const types = [BIGINT, BIGINT, BIGINT]
        const same = (x: string, y: string) => expect(evaluate(x, types, [a, b, c])).toEqual(evaluate(y, types, [a, b, c]))
        same('a IN (b, c)', 'a = b OR a = c')
        same('a NOT IN (b, c)', 'NOT (a = b OR a = c)')
        same('a BETWEEN b AND c', 'a >= b AND a <= c')
        same('a NOT BETWEEN b AND c', 'NOT (a >= b AND a <= c)')
        same('CASE a WHEN b THEN 1 WHEN c THEN 2 END', 'CASE WHEN a = b THEN 1 WHEN a = c THEN 2 END')
        same('a IS NOT DISTINCT FROM b', '(a = b AND a IS NOT NULL AND b IS NOT NULL) IS TRUE OR (a IS NULL AND b IS NULL)')
        same('NULLIF(a, b)', 'CASE WHEN a = b THEN NULL ELSE a END')
        same('COALESCE(a, b, c)', 'CASE WHEN a IS NOT NULL THEN a WHEN b IS NOT NULL THEN b ELSE c END')
      }),
    )
  })
})

test('three-valued logic', () => {
  const values = [true, false, null] as const
  const rank = (value: boolean | null) => (value === null ? 1 : value ? 2 : 0)
  const unrank = (n: number) => [false, null, true][n]
  for (const a of values) {
    expect(evaluate('NOT a', [BOOLEAN], [a])).toBe(unrank(2 - rank(a)))
    for (const b of values) {
      expect(evaluate('a AND b', [BOOLEAN, BOOLEAN], [a, b])).toBe(unrank(Math.min(rank(a), rank(b))))
      expect(evaluate('a OR b', [BOOLEAN, BOOLEAN], [a, b])).toBe(unrank(Math.max(rank(a), rank(b))))
    }
  }
})

describe('the calendar', () => {
  test('days there and back, against Date', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_000_000, max: 99_000_000 }), (days) => {
        const { year, month, day } = civilFromDays(days)
        const date = new Date(days * 86_400_000)
        expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()])
        expect(daysFromCivil(year, month, day)).toBe(days)
      }),
    )
  })

  test('months are added on the calendar and clipped', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), fc.integer({ min: -5000, max: 5000 }), (days, months) => {
        const date = new Date(days * 86_400_000)
        const day = date.getUTCDate()
        const first = new Date(Date.UTC(2000, date.getUTCMonth(), 1))
        first.setUTCFullYear(date.getUTCFullYear())
        first.setUTCMonth(first.getUTCMonth() + months)
        const last = daysInMonth(first.getUTCFullYear(), first.getUTCMonth() + 1)
        expect(addMonths(days, months)).toBe(first.getTime() / 86_400_000 + Math.min(day, last) - 1)
        const sign = months < 0 ? '-' : '+'
        expect(evaluate(`a ${sign} INTERVAL '${Math.abs(months)}' MONTH`, [DATE], [days])).toBe(addMonths(days, months))
      }),
    )
  })

  test('lengths of time are added exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 4e12 }), fc.integer({ min: -999_999, max: 999_999 }), (time, seconds) => {
        const columns = [{ name: 'a', type: { name: 'TIMESTAMP_LTZ' } as const }]
        const expression = typed(`a + INTERVAL '${seconds}' SECOND`, { columns, recordParts: false, timeZone: 'UTC' })
        const value = createEvaluator(expression).bind(exampleBatch([[time]], columns))(0)
        expect(value).toBe(Number(BigInt(time) + BigInt(seconds) * 1000n))
      }),
    )
  })

  test('weeks of ISO 8601', () => {
    for (const [date, week] of [
      ['2021-01-03', 53],
      ['2021-01-04', 1],
      ['2024-12-30', 1],
      ['2026-12-31', 53],
    ] as const) {
      expect(isoWeek(Date.parse(date) / 86_400_000)).toBe(week)
    }
  })
})

test('LIKE agrees with a regular expression', () => {
  const unit = fc.constantFrom('a', 'b', '%', '_', '👍', '\n')
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 6 }), fc.string({ unit, maxLength: 8 }), (pattern, text) => {
      const source = [...pattern].map((char) => (char === '%' ? '.*' : char === '_' ? '.' : char)).join('')
      expect(likeTest(pattern, undefined)(text)).toBe(new RegExp(`^${source}$`, 'su').test(text))
    }),
    { numRuns: 500 },
  )
})

test('random typed expressions over random rows give a value of their type or an ExpressionError', () => {
  const row: fc.Arbitrary<readonly Value[]> = fc
    .tuple(
      fc.option(fc.string({ maxLength: 6 })),
      fc.option(fc.bigInt({ min: -(10n ** 10n) + 1n, max: 10n ** 10n - 1n }).map((n) => new Decimal(n, 2))),
      fc.option(big.map(integerAtRest)),
      fc.option(fc.double()),
      fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 })),
      fc.option(fc.integer({ min: -1e14, max: 1e14 })),
    )
    .map(([text, amount, integer, double, day, time]) =>
      exampleFields.map((field, i) => {
        if (field.name === 'status' || field.name === 'note') return text
        if (field.name === 'amount') return amount
        if (field.name === 'quantity' || field.name === 'big') return integer
        if (field.name === 'price') return double
        if (field.name === 'day') return day
        if (field.name === 'ts') return time
        return exampleRow[i] ?? null
      }),
    )
  let values = 0
  fc.assert(
    fc.property(
      randomText,
      fc.array(row, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('UTC', 'Europe/Berlin'),
      (text, rows, timeZone) => {
        const { typed, issues } = analyze(text, { ...exampleScope, timeZone })
        // Constants that can never work, such as a bad pattern, are issues rather than errors of a record.
        if (typed === undefined) {
          expect(issues.filter((issue) => issue.severity === 'error' && !issue.code.startsWith('BAD_'))).toEqual([])
          return
        }
        const valueAt = createEvaluator(typed).bind(exampleBatch(rows))
        for (let i = 0; i < rows.length; i++) {
          try {
            const value = valueAt(i)
            expect(isOfType(value, typed.type)).toBe(true)
            values++
          } catch (error) {
            if (!(error instanceof ExpressionError)) throw error
            expect(error.to).toBeGreaterThan(error.from)
          }
        }
      },
    ),
    { numRuns: 1000 },
  )
  expect(values).toBeGreaterThan(300)
}, 60_000)

function isOfType(value: Value, type: Field['type']): boolean {
  if (value === null) return true
  switch (type.name) {
    case 'BOOLEAN':
      return typeof value === 'boolean'
    case 'BIGINT':
      if (typeof value === 'bigint') return value >= MIN_BIGINT && value <= MAX_BIGINT && integerAtRest(value) === value
      return Number.isSafeInteger(value) && !Object.is(value, -0)
    case 'DOUBLE':
      return typeof value === 'number'
    case 'DECIMAL':
      return value instanceof Decimal && value.scale === type.scale && value.fits(type.precision)
    case 'STRING':
      return typeof value === 'string'
    default:
      return Number.isSafeInteger(value)
  }
}

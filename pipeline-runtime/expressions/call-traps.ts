import { closestName } from '../data/close-names.ts'
import type { AnalysisContext } from './analysis-context.ts'
import type { Ast, AstOf } from './ast.ts'
import { callableNames } from './function-table.ts'
import { CLOCK_WORDS, WHY_NO_CLOCK } from './name-traps.ts'

interface Rewrite {
  /** How many arguments the rewrite is for. */
  readonly count: number
  /** What to say after "There is no NAME.". */
  readonly advice: string
  /** The text instead; undefined where these arguments allow none. */
  readonly insert: (args: readonly string[], asts: readonly Ast[]) => string | undefined
}

/** Functions of other dialects and of spreadsheets, with what to write instead. */
const REWRITES: Readonly<Record<string, Rewrite>> = {
  LEN: one('CHAR_LENGTH(text)', ([a]) => `CHAR_LENGTH(${a})`),
  LENGTH: one('CHAR_LENGTH(text)', ([a]) => `CHAR_LENGTH(${a})`),
  LEFT: two('SUBSTRING(text, 1, length)', ([a, n]) => `SUBSTRING(${a}, 1, ${n})`),
  RIGHT: two('SUBSTRING(text, -length)', ([a, n], asts) => `SUBSTRING(${a}, -${isSimple(asts[1]) ? n : `(${n})`})`),
  MID: { count: 3, advice: 'Write SUBSTRING(text, start, length).', insert: ([a, s, n]) => `SUBSTRING(${a}, ${s}, ${n})` },
  IFNULL: two('COALESCE(value, substitute)', ([a, b]) => `COALESCE(${a}, ${b})`),
  NVL: two('COALESCE(value, substitute)', ([a, b]) => `COALESCE(${a}, ${b})`),
  ISNULL: one('value IS NULL', ([a]) => `(${a} IS NULL)`),
  ISBLANK: one("value IS NULL OR TRIM(value) = ''", ([a]) => `(${a} IS NULL OR TRIM(${a}) = '')`),
  IFERROR: {
    count: 2,
    advice: 'What can fail is a conversion: TRY_CAST gives NULL for it, and COALESCE(TRY_CAST(value AS type), substitute) the substitute.',
    insert: ([a, b], [value]) => (value?.kind === 'cast' ? `COALESCE(${a?.replace(/^CAST/i, 'TRY_CAST')}, ${b})` : undefined),
  },
  DATE_TRUNC: two('FLOOR(time TO unit)', ([, t], [unit]) =>
    unit?.kind === 'text' ? `FLOOR(${t} TO ${unit.value.toUpperCase()})` : undefined,
  ),
  CONTAINS: two('POSITION(part IN text) > 0', ([a, b]) => `(POSITION(${b} IN (${a})) > 0)`),
  STRPOS: two('POSITION(part IN text)', ([a, b]) => `POSITION(${b} IN (${a}))`),
  INSTR: two('POSITION(part IN text)', ([a, b]) => `POSITION(${b} IN (${a}))`),
  ILIKE: two('LOWER(text) LIKE LOWER(pattern)', ([a, b]) => `(LOWER(${a}) LIKE LOWER(${b}))`),
  UCASE: one('UPPER(text)', ([a]) => `UPPER(${a})`),
  LCASE: one('LOWER(text)', ([a]) => `LOWER(${a})`),
  POW: two('POWER(base, exponent)', ([a, b]) => `POWER(${a}, ${b})`),
  LOG: one('LN(number) or LOG10(number)', ([a]) => `LN(${a})`),
  ISNAN: one('value <> value', ([a]) => `(${a} <> ${a})`),
  STARTS_WITH: two('STARTSWITH(text, start)', ([a, b]) => `STARTSWITH(${a}, ${b})`),
  REGEXP_LIKE: two('REGEXP(text, pattern)', ([a, b]) => `REGEXP(${a}, ${b})`),
  YEAR: extract('YEAR'),
  QUARTER: extract('QUARTER'),
  MONTH: extract('MONTH'),
  WEEK: extract('WEEK'),
  DAY: extract('DAY'),
  DAYOFMONTH: extract('DAY'),
  DAYOFYEAR: extract('DOY'),
  HOUR: extract('HOUR'),
  MINUTE: extract('MINUTE'),
  SECOND: extract('SECOND'),
  DATEDIFF: two('TIMESTAMPDIFF(DAY, from, to)', ([a, b]) => `TIMESTAMPDIFF(DAY, ${b}, ${a})`),
}

const AGGREGATES = new Set(['COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'FIRST_VALUE', 'LAST_VALUE', 'STDDEV', 'VARIANCE'])
const RANDOM = new Set(['RAND', 'RANDOM', 'RAND_INTEGER', 'UUID', 'NEWID'])

/** Says what to write instead of a function that is not there. */
export function explainUnknownFunction(analysis: AnalysisContext, ast: AstOf<'call'>): void {
  const { name, nameAt } = ast
  if (CLOCK_WORDS.has(name)) {
    analysis.error('NOT_REPEATABLE', ast, `There is no ${name}(). ${WHY_NO_CLOCK}`)
    return
  }
  if (RANDOM.has(name)) {
    analysis.error('NOT_REPEATABLE', ast, `There is no ${name}(). It would give another result on each run, and runs must be repeatable.`)
    return
  }
  if (AGGREGATES.has(name)) {
    analysis.error(
      'AGGREGATE',
      nameAt,
      `${name} sums up many rows, and an expression sees one row. Use a step of "Summarise over time" for it.`,
    )
    return
  }
  const rewrite = Object.hasOwn(REWRITES, name) ? REWRITES[name] : undefined
  if (rewrite !== undefined) {
    const insert =
      ast.args.length === rewrite.count
        ? rewrite.insert(
            ast.args.map((arg) => analysis.source(arg)),
            ast.args,
          )
        : undefined
    const fix = insert === undefined ? undefined : analysis.replace(ast, `Write ${insert}`, insert)
    analysis.error('UNKNOWN_FUNCTION', nameAt, `There is no ${name}. ${rewrite.advice}`, fix)
    return
  }
  const similar = closestName(name, callableNames)
  const advice = similar === undefined ? 'The reference lists the functions that there are.' : `Did you mean ${similar}?`
  const fix = similar === undefined ? undefined : analysis.replace(nameAt, `Write ${similar}`, similar)
  analysis.error('UNKNOWN_FUNCTION', nameAt, `There is no function ${name}. ${advice}`, fix)
}

function one(usage: string, insert: Rewrite['insert']): Rewrite {
  return { count: 1, advice: `Write ${usage}.`, insert }
}

function two(usage: string, insert: Rewrite['insert']): Rewrite {
  return { count: 2, advice: `Write ${usage}.`, insert }
}

function extract(unit: string): Rewrite {
  return one(`EXTRACT(${unit} FROM time)`, ([a]) => `EXTRACT(${unit} FROM ${a})`)
}

function isSimple(ast: Ast | undefined): boolean {
  return ast?.kind === 'number' || ast?.kind === 'column' || ast?.kind === 'call'
}

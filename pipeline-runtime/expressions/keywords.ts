import * as terms from './sql-parser.terms.ts'

/** Words that are never a column's name without quotes. BOTH and its kin are among them because TRIM(BOTH (x) FROM y) looks like a call. */
const reserved: ReadonlyMap<string, number> = new Map([
  ['AND', terms.kwAnd],
  ['OR', terms.kwOr],
  ['NOT', terms.kwNot],
  ['IS', terms.kwIs],
  ['IN', terms.kwIn],
  ['BETWEEN', terms.kwBetween],
  ['LIKE', terms.kwLike],
  ['NULL', terms.kwNull],
  ['TRUE', terms.kwTrue],
  ['FALSE', terms.kwFalse],
  ['CASE', terms.kwCase],
  ['WHEN', terms.kwWhen],
  ['THEN', terms.kwThen],
  ['ELSE', terms.kwElse],
  ['BOTH', terms.kwBoth],
  ['LEADING', terms.kwLeading],
  ['TRAILING', terms.kwTrailing],
])

/** Words that are a keyword only where no name fits. */
const open: ReadonlyMap<string, number> = new Map([
  ['END', terms.kwEnd],
  ['ESCAPE', terms.kwEscape],
  ['ILIKE', terms.kwIlike],
  ['UNKNOWN', terms.kwUnknown],
  ['DISTINCT', terms.kwDistinct],
  ['FROM', terms.kwFrom],
  ['FOR', terms.kwFor],
  ['TO', terms.kwTo],
  ['AS', terms.kwAs],
  ['INTERVAL', terms.kwInterval],
  ['DATE', terms.kwDate],
  ['TIMESTAMP', terms.kwTimestamp],
])

/** Called by the generated parser: the term of a reserved word, -1 for any other word. */
export function reservedKeyword(word: string): number {
  return reserved.get(word.toUpperCase()) ?? -1
}

/** Called by the generated parser: the term of a word that is a keyword only where one fits, -1 for any other word. */
export function openKeyword(word: string): number {
  return open.get(word.toUpperCase()) ?? -1
}

export function isReservedWord(word: string): boolean {
  return reserved.has(word.toUpperCase())
}

export function isOpenKeyword(word: string): boolean {
  return open.has(word.toUpperCase())
}

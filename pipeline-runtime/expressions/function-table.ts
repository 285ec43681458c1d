import type { FunctionEntry, TableEntry } from './function-entry.ts'
import { forms } from './functions/forms.ts'
import { hashFunctions } from './functions/hash.ts'
import { listFunctions } from './functions/lists.ts'
import { numberFunctions } from './functions/numbers.ts'
import { patternFunctions } from './functions/patterns.ts'
import { textFunctions } from './functions/text.ts'
import { timeFunctions } from './functions/time.ts'

/** All operators, forms and functions, by topic. */
export const functionTable: readonly TableEntry[] = [
  ...forms,
  ...numberFunctions,
  ...textFunctions,
  ...patternFunctions,
  ...timeFunctions,
  ...listFunctions,
  ...hashFunctions,
]

const byName: ReadonlyMap<string, TableEntry> = new Map(functionTable.map((entry) => [entry.name, entry]))

/** Names that Flink has beside the one of the table. */
const ALIASES: Readonly<Record<string, string>> = { CEILING: 'CEIL', CHARACTER_LENGTH: 'CHAR_LENGTH', SUBSTR: 'SUBSTRING' }

/** The function of a name in capitals. */
export function functionNamed(name: string): FunctionEntry | undefined {
  const entry = byName.get(Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name)
  return entry?.kind === 'function' ? entry : undefined
}

/** What may be called: functions, and the forms that look like calls. */
export const callableNames: readonly string[] = [
  ...functionTable.filter((entry) => entry.kind === 'function').map((entry) => entry.name),
  ...['COALESCE', 'NULLIF', 'IF', 'CAST', 'TRY_CAST'],
]

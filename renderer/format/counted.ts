import { counted as countedAlways } from '../../pipeline-runtime/data/counted.ts'

/** `3 steps`, `1 note`, nothing for none. */
export function counted(count: number, word: string): string {
  return count === 0 ? '' : countedAlways(count, word)
}

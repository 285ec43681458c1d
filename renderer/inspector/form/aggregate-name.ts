import { freeName } from '../../state/free-name.ts'

/** The name that a figure gets by itself: `count`, `sum_amount`, `avg_ms`; a number behind one that is taken. */
export function aggregateName(fn: string, of: string | undefined, taken: readonly string[]): string {
  const part = (of ?? '')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30)
  return freeName(part === '' ? fn : `${fn}_${part.toLowerCase()}`, taken)
}

/** The name that a figure gets by itself: `count`, `sum_amount`, `avg_ms`; a number behind one that is taken. */
export function aggregateName(fn: string, of: string | undefined, taken: readonly string[]): string {
  const part = (of ?? '')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 30)
  return freeName(part === '' ? fn : `${fn}_${part.toLowerCase()}`, taken)
}

/** The name, or with the first number behind it that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  for (let n = 2; ; n++) if (!taken.includes(`${name}_${n}`)) return `${name}_${n}`
}

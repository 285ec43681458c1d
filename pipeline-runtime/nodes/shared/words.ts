const UNITS = [
  { ms: 86_400_000, name: 'day', plural: 'days' },
  { ms: 3_600_000, name: 'h', plural: 'h' },
  { ms: 60_000, name: 'min', plural: 'min' },
  { ms: 1000, name: 's', plural: 's' },
  { ms: 1, name: 'ms', plural: 'ms' },
] as const

/** A length of time as a person says it: `1 min`, `1 h 30 min`, `2 days`. */
export function inWords(durationMs: number): string {
  const parts: string[] = []
  let rest = durationMs
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms)
    if (count > 0) parts.push(`${count} ${count === 1 ? unit.name : unit.plural}`)
    rest -= count * unit.ms
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}

/** Units of a length of time, smallest first. */
export const durationUnits = [
  { value: 'ms', label: 'ms', ms: 1 },
  { value: 's', label: 's', ms: 1000 },
  { value: 'min', label: 'min', ms: 60_000 },
  { value: 'h', label: 'h', ms: 3_600_000 },
  { value: 'day', label: 'days', ms: 86_400_000 },
] as const

export type DurationUnit = (typeof durationUnits)[number]['value']

export interface Duration {
  readonly amount: number
  readonly unit: DurationUnit
}

/** In the largest unit that leaves no rest: 90,000 is 90 s, 60,000 is 1 min. Nothing is 0 s. */
export function splitDuration(ms: number): Duration {
  if (ms === 0) return { amount: 0, unit: 's' }
  const unit = durationUnits.findLast((candidate) => ms % candidate.ms === 0) ?? durationUnits[0]
  return { amount: ms / unit.ms, unit: unit.value }
}

export function millisecondsOf({ amount, unit }: Duration): number {
  const ms = durationUnits.find((candidate) => candidate.value === unit)?.ms ?? 1
  // 1.1 min is not quite 66,000 in binary.
  return Math.round(amount * ms * 1e6) / 1e6
}

/** `1 min`, `90 s`, `1 day`. */
export function durationText(ms: number): string {
  const { amount, unit } = splitDuration(ms)
  const label = durationUnits.find((candidate) => candidate.value === unit)?.label ?? unit
  return `${amount.toLocaleString('en-US')} ${unit === 'day' && amount === 1 ? 'day' : label}`
}

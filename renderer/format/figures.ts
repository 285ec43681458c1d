const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `12,431`: exact. */
export function formatCount(count: number): string {
  return grouped.format(count)
}

/** `0/s`, `12/s`, `1,204/s`, `123.4k/s`, `1.2M/s`; unknown is `–`, never 0. */
export function formatRate(perSecond: number | undefined): string {
  if (perSecond === undefined || !Number.isFinite(perSecond)) return '–'
  const rounded = Math.round(perSecond)
  if (rounded < 100_000) return `${grouped.format(rounded)}/s`
  if (rounded < 999_950) return `${(rounded / 1000).toFixed(1)}k/s`
  return `${(rounded / 1e6).toFixed(1)}M/s`
}

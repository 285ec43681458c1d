/** A second of rates; less would be a scratch, not a line. */
const LEAST = 5

/** The path of a line through the last rates, in a box of the given size; empty while there are too few. */
export function sparklinePath(values: readonly number[], most: number, width: number, height: number): string {
  if (values.length < LEAST) return ''
  const top = Math.max(1, ...values)
  const step = width / (most - 1)
  const first = width - (values.length - 1) * step
  let path = ''
  values.forEach((value, i) => {
    const y = height - 1 - (value / top) * (height - 2)
    path += `${i === 0 ? 'M' : 'L'}${(first + i * step).toFixed(1)} ${y.toFixed(1)}`
  })
  return path
}

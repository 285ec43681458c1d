/** The name, or with the first number behind it that is free: `count`, `count_2`. */
export function freeName(name: string, taken: Iterable<string>, separator = '_'): string {
  const used = new Set(taken)
  if (!used.has(name)) return name
  for (let n = 2; ; n++) if (!used.has(`${name}${separator}${n}`)) return `${name}${separator}${n}`
}

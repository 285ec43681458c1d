/** `1 partition`, `3 partitions`, `0 partitions`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

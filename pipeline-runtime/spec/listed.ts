/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1] ?? ''}`
}

/** The same; names beyond `limit` are counted: `a, b and 7 more`. */
export function listedInShort(names: readonly string[], limit = 6): string {
  return names.length <= limit ? listed(names) : `${names.slice(0, limit).join(', ')} and ${names.length - limit} more`
}

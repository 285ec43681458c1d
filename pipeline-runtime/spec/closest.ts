import { editDistance } from '../data/edit-distance.ts'

/** The candidate that was probably meant, undefined where none is near: "did you mean". */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.ceil(word.length / 3)) + 1
  const lower = word.toLowerCase()
  for (const candidate of candidates) {
    if (candidate === word) continue
    const distance = editDistance(lower, candidate.toLowerCase())
    // A word of two letters is not a misspelling of any other word of two letters.
    if (distance < bestDistance && distance < Math.max(candidate.length, word.length)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1] ?? ''}`
}

import { editDistance } from '../data/edit-distance.ts'

/** The name among `known` that was probably meant, or undefined: the same but for case first, then few typing slips away. */
export function similarName(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase()
  const sameLetters = known.find((candidate) => candidate.toLowerCase() === lower)
  if (sameLetters !== undefined) return sameLetters
  let best: string | undefined
  let bestDistance = Math.min(3, Math.floor(name.length / 3) + 1)
  for (const candidate of known) {
    const distance = editDistance(lower, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

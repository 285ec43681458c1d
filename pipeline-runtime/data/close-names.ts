import { editDistance } from './edit-distance.ts'

/**
 * The names that were probably meant, nearest first, at most three: "did you mean". Case and separators are no difference; a slip is
 * for every third letter, two at most, so that a word of two letters is no misspelling of another one; and a name that has all of the
 * other in it counts, from four letters on.
 */
export function closeNames(word: string, known: Iterable<string>): string[] {
  const wanted = lettersOf(word)
  if (wanted === '') return []
  const close = []
  for (const name of known) {
    const letters = lettersOf(name)
    const slips = Math.min(2, Math.floor(Math.max(wanted.length, letters.length) / 3))
    const contains = Math.min(wanted.length, letters.length) >= 4 && (letters.includes(wanted) || wanted.includes(letters))
    const distance = editDistance(wanted, letters)
    if (name !== word && (contains || distance <= slips)) close.push({ name, distance })
  }
  // Of those that are equally near, the one that differs least as it is written.
  const written = ({ name }: { readonly name: string }) => editDistance(word.toLowerCase(), name.toLowerCase())
  return close
    .sort((a, b) => a.distance - b.distance || written(a) - written(b))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** The nearest of them. */
export function closestName(word: string, known: Iterable<string>): string | undefined {
  return closeNames(word, known)[0]
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[-_. ]/g, '')
}

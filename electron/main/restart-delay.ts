/** Whoever dies within this time of its start would die again at once. */
const SHORT_LIFE_MS = 5000
const FIRST_MS = 100
const MOST_MS = 30_000

/** When to start the next runtime: at once after one that lived, ever later after those that did not. */
export function restartDelay(livedMs: number, shortLivesBefore: number): { readonly delayMs: number; readonly shortLives: number } {
  const shortLives = livedMs < SHORT_LIFE_MS ? shortLivesBefore + 1 : 0
  // The first two still come within two seconds, so that a single accident soon after the start is hardly seen.
  return { delayMs: Math.min(MOST_MS, FIRST_MS * 4 ** Math.max(0, shortLives - 1)), shortLives }
}

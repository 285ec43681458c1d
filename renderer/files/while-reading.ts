import type { Studio } from '../app/studio.ts'

/** Shows words and Cancel while something is read; undefined where the user gave it up. */
export async function whileReading<T>({ view }: Studio, words: string, read: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const stop = new AbortController()
  const reading = { words, cancel: () => stop.abort() }
  view.setState({ reading })
  try {
    return await Promise.race([read(stop.signal), aborted(stop.signal)])
  } catch (error) {
    if (stop.signal.aborted) return undefined
    throw error
  } finally {
    if (view.getState().reading === reading) view.setState({ reading: undefined })
  }
}

/** Work that waits for the engine hears of no signal. */
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}

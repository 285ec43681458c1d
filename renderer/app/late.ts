/** A part of the page that the first screen does without: its code comes a moment later, its style with the page. */
export interface Late<T> {
  readonly value: T | undefined
  load(): Promise<T>
  /** Hears when it came. */
  subscribe(came: () => void): () => void
}

const parts = new Set<Late<unknown>>()

export function late<T>(fetch: () => Promise<T>): Late<T> {
  const listeners = new Set<() => void>()
  let value: T | undefined
  let loading: Promise<T> | undefined
  const load = (): Promise<T> => {
    loading ??= fetch().then(
      (found) => {
        value = found
        for (const came of listeners) came()
        return found
      },
      (error: unknown) => {
        // Whoever needs it next tries once more.
        loading = undefined
        throw error
      },
    )
    return loading
  }
  const part: Late<T> = {
    get value() {
      return value
    },
    load,
    subscribe(came) {
      listeners.add(came)
      return () => listeners.delete(came)
    },
  }
  parts.add(part)
  return part
}

/** Fetches what is not there yet as soon as the page has nothing else to do, so that nobody waits for it later. */
export function loadLateParts(): void {
  requestIdleCallback(
    () => {
      for (const part of parts) void part.load().catch(() => undefined)
    },
    { timeout: MOST_WAIT_MS },
  )
}

const MOST_WAIT_MS = 2000

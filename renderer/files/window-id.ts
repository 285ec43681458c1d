const KEY = 'millrace.window'

export interface WindowId {
  readonly id: string
  /** Whether a window of this id is on screen somewhere. */
  isAlive(id: string): boolean
}

/**
 * An id that outlives a reload and a crash of the page, but is never that of two windows: each holds a lock of its name, which the system
 * gives back when the page is gone, however it went.
 */
export async function windowId(): Promise<WindowId> {
  const kept = window.sessionStorage.getItem(KEY) ?? newId()
  // A copied tab brings the id along; without locks (a page that is not on this machine) it is taken as it is.
  const id = (await hold(kept)) ? kept : newId()
  if (id !== kept) await hold(id)
  window.sessionStorage.setItem(KEY, id)
  const held = new Set((await locks()?.query())?.held?.map(({ name }) => name))
  return { id, isAlive: (other) => other !== id && (locks() === undefined || held.has(lockName(other))) }
}

function hold(id: string): Promise<boolean> {
  const manager = locks()
  if (manager === undefined) return Promise.resolve(true)
  return new Promise((resolve) => {
    void manager.request(lockName(id), { ifAvailable: true }, (lock) => {
      resolve(lock !== null)
      // Held until the page is gone.
      return lock === null ? undefined : new Promise(() => undefined)
    })
  })
}

const lockName = (id: string): string => `millrace.window.${id}`
const newId = (): string => Math.random().toString(36).slice(2)

/** Only there for pages of this machine or with encryption. */
function locks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined
}

import { Refusal } from '../../pipeline-runtime/server/refusal.ts'

const DROP_MS = 1000

/**
 * Which files a page may name. It gets to know paths by the system's dialogs, the list of recent documents, the start of the app and by
 * drops of the user; a path of its own making opens nothing.
 */
export class DocumentAccess {
  private readonly documents = new Set<string>()
  private readonly dropped = new Set<string>()
  private waiting: (() => void)[] = []

  /** The user chose this document, in whatever way. */
  allow(document: string): void {
    this.documents.add(document)
  }

  check(document: string): void {
    if (!this.documents.has(document))
      throw new Refusal('NOT_ALLOWED', `${document} was neither chosen nor dropped here. Open it with "Open…" or drop it onto the window.`)
  }

  /** The user dropped this file; the preload says so, not the page. */
  drop(file: string): void {
    this.dropped.add(file)
    this.documents.add(file)
    for (const wake of this.waiting.splice(0)) wake()
  }

  /** What the preload and what the page says come on different ways, so the page's word may be first. */
  async checkDropped(file: string): Promise<void> {
    if (await this.wasDropped(file)) return
    throw new Refusal('NOT_ALLOWED', `${file} was not dropped onto this window. Drop it again, or choose it in the step.`)
  }

  async wasDropped(file: string): Promise<boolean> {
    const until = Date.now() + DROP_MS
    while (!this.dropped.has(file) && Date.now() < until) await this.nextDrop(until - Date.now())
    return this.dropped.has(file)
  }

  private nextDrop(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const patience = setTimeout(resolve, patienceMs)
      this.waiting.push(() => {
        clearTimeout(patience)
        resolve()
      })
    })
  }
}

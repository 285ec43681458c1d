/** What is said to a screen reader (keyboard.md, "Live regions"). Two regions, in the page from the start. */
export interface Announcer {
  /** Polite; of the same kind the later one replaces one that still waits. At most one message a second. */
  say(text: string, kind?: string): void
  /** Only for what must interrupt: a run that failed, a connection that was lost. */
  alarm(text: string): void
}

export interface Regions {
  readonly say: { textContent: string | null }
  readonly alarm: { textContent: string | null }
}

export function createAnnouncer(regions: Regions, later: (act: () => void, ms: number) => void = setTimeout): Announcer {
  const queue: { readonly text: string; readonly kind: string | undefined }[] = []
  let speaking = false
  const next = (): void => {
    const first = queue.shift()
    speaking = first !== undefined
    if (first === undefined) return
    // The same text again is told only where the region was empty before.
    regions.say.textContent = regions.say.textContent === first.text ? `${first.text}\u00a0` : first.text
    later(next, 1000)
  }
  return {
    say(text, kind) {
      const same = kind === undefined ? -1 : queue.findIndex((waiting) => waiting.kind === kind)
      if (same >= 0) queue[same] = { text, kind }
      else queue.push({ text, kind })
      if (!speaking) next()
    },
    alarm(text) {
      regions.alarm.textContent = regions.alarm.textContent === text ? `${text}\u00a0` : text
    },
  }
}

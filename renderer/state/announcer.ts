/** What is said to a screen reader (keyboard.md, "Live regions"). Two regions, in the page from the start. */
export interface Announcer {
  /** Polite; of the same kind the later one replaces one that still waits. */
  say(text: string, kind?: string): void
  /** Only for what must interrupt: a run that failed, a connection that was lost. */
  alarm(text: string): void
}

export interface Regions {
  readonly say: Region
  readonly alarm: Region
}

/** An element of the page, of which this is enough: each message is a text of its own in it. */
interface Region {
  replaceChildren(...texts: string[]): void
}

type Later = (act: () => void, ms: number) => void

/** A browser tells a change to screen readers some 150 ms later, as the text is then: what is replaced sooner is not heard. */
const HEARD_MS = 300

export function createAnnouncer(regions: Regions, later: Later = setTimeout): Announcer {
  return { say: speaker(regions.say, later), alarm: speaker(regions.alarm, later) }
}

/** The first message is told at once; those that come before it can be heard are told together, right after it. */
function speaker(region: Region, later: Later): (text: string, kind?: string) => void {
  let waiting: { readonly text: string; readonly kind: string | undefined }[] = []
  let speaking = false
  let last = ''
  const tell = (): void => {
    speaking = waiting.length > 0
    if (!speaking) return
    const texts = waiting.map(({ text }, i) => (i === 0 ? text : ` ${text}`))
    waiting = []
    const whole = texts.join('')
    // The same text once more is no change, and would not be told.
    if (whole === last) texts.push('\u00a0')
    last = texts.join('')
    region.replaceChildren(...texts)
    later(tell, HEARD_MS)
  }
  return (text, kind) => {
    const same = kind === undefined ? -1 : waiting.findIndex((each) => each.kind === kind)
    if (same >= 0) waiting[same] = { text, kind }
    else waiting.push({ text, kind })
    if (!speaking) tell()
  }
}

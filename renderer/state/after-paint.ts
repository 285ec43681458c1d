/** A page that nobody sees paints nothing. */
const UNSEEN_MS = 100

/** Calls `then` once the next frame is painted; where none is, soon. */
export function afterPaint(then: () => void): void {
  if (globalThis.requestAnimationFrame === undefined) {
    setTimeout(then)
    return
  }
  let called = false
  const once = (): void => {
    if (called) return
    called = true
    clearTimeout(unseen)
    channel.port1.close()
    then()
  }
  const channel = new MessageChannel()
  channel.port1.onmessage = once
  const unseen = setTimeout(once, UNSEEN_MS)
  // A message comes after the frame in which it was sent.
  requestAnimationFrame(() => channel.port2.postMessage(0))
}

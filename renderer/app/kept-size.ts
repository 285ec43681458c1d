/** Sizes of panels in pixels, kept from one start to the next. A page without storage (private windows) does without. */
export function keptSize(panel: string, otherwise: number): number {
  try {
    const kept = Number(window.localStorage.getItem(`millrace.size.${panel}`))
    return Number.isFinite(kept) && kept > 0 ? kept : otherwise
  } catch {
    return otherwise
  }
}

export function keepSize(panel: string, pixels: number): void {
  try {
    if (pixels > 0) window.localStorage.setItem(`millrace.size.${panel}`, String(Math.round(pixels)))
  } catch {
    // Nothing to do: the size holds until the page is closed.
  }
}

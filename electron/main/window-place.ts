import { z } from 'zod'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const whole = z.number().transform(Math.round)

/** Where the last window stood. */
export const windowPlace = z.object({ x: whole, y: whole, width: whole, height: whole, maximized: z.boolean() })
export type WindowPlace = z.output<typeof windowPlace>

export const LEAST = { width: 1024, height: 640 } as const
const USUAL = { width: 1440, height: 900 } as const

/**
 * Where a window comes to stand: as it was, on a screen that is there now, not larger than it. `workAreas` are the screens without the
 * system's bars, the main one first.
 */
export function placeWindow(kept: WindowPlace | undefined, workAreas: readonly Area[]): Area & { readonly maximized: boolean } {
  const [main = { x: 0, y: 0, ...USUAL }] = workAreas
  if (kept === undefined) return { ...centered(main), maximized: false }
  const screen = largestShare(kept, workAreas) ?? main
  const width = clamp(kept.width, LEAST.width, screen.width)
  const height = clamp(kept.height, LEAST.height, screen.height)
  return {
    width,
    height,
    x: clamp(kept.x, screen.x, screen.x + screen.width - width),
    y: clamp(kept.y, screen.y, screen.y + screen.height - height),
    maximized: kept.maximized,
  }
}

/** A further window does not hide the first one. */
export function besides(place: WindowPlace): WindowPlace {
  return { ...place, x: place.x + 24, y: place.y + 24 }
}

function centered(screen: Area): Area {
  const width = Math.max(LEAST.width, Math.min(USUAL.width, screen.width))
  const height = Math.max(LEAST.height, Math.min(USUAL.height, screen.height))
  return {
    width,
    height,
    x: screen.x + Math.max(0, Math.round((screen.width - width) / 2)),
    y: screen.y + Math.max(0, Math.round((screen.height - height) / 2)),
  }
}

/** The screen that shows most of it; undefined where none shows any. */
function largestShare(place: Area, screens: readonly Area[]): Area | undefined {
  const shares = screens.map((screen) => ({ screen, share: overlap(place, screen) })).filter(({ share }) => share > 0)
  return shares.sort((a, b) => b.share - a.share)[0]?.screen
}

function overlap(a: Area, b: Area): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

/** Where the least is more than the most, the least: a window smaller than its screen would be worse to use. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

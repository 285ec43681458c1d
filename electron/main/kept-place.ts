import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { app, type BrowserWindow, screen } from 'electron'
import { type Area, besides, placeWindow, type WindowPlace, windowPlace } from './window-place.ts'

const file = (): string => path.join(app.getPath('userData'), 'window.json')

/** Where the next window comes to stand. */
export function nextPlace(further: boolean): Area & { readonly maximized: boolean } {
  const kept = read()
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  return placeWindow(
    kept !== undefined && further ? besides({ ...kept, maximized: false }) : kept,
    [main, ...others].map(({ workArea }) => workArea),
  )
}

/** Called before a window closes. Where it cannot be written the next window stands in the middle. */
export function keepPlace(window: BrowserWindow): void {
  const place: WindowPlace = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    mkdirSync(path.dirname(file()), { recursive: true })
    writeFileSync(file(), JSON.stringify(place))
  } catch (error) {
    process.stderr.write(`The place of the window was not kept: ${error instanceof Error ? error.message : String(error)}\n`)
  }
}

function read(): WindowPlace | undefined {
  try {
    return windowPlace.parse(JSON.parse(readFileSync(file(), 'utf8')))
  } catch {
    // The first start, or a file that somebody changed.
    return undefined
  }
}

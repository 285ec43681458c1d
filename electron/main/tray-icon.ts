import path from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'

export interface HiddenWindow {
  readonly title: string
  readonly running: boolean
  show(): void
  stopAndQuit(): void
}

/** Stands in the system's tray while a run goes on without a window. */
export class TrayIcon {
  private tray: Tray | undefined

  show(windows: readonly HiddenWindow[]): void {
    const [first] = windows
    if (first === undefined) {
      this.tray?.destroy()
      this.tray = undefined
      return
    }
    this.tray ??= this.create()
    this.tray.setToolTip(windows.map(describe).join('\n'))
    this.tray.setContextMenu(
      Menu.buildFromTemplate([
        ...windows.map((window) => ({ label: `Show ${describe(window)}`, click: () => window.show() })),
        { type: 'separator' as const },
        { label: 'Stop and quit', click: () => first.stopAndQuit() },
      ]),
    )
    this.tray.removeAllListeners('click')
    this.tray.on('click', () => first.show())
  }

  private create(): Tray {
    return new Tray(nativeImage.createFromPath(path.join(import.meta.dirname, 'tray.png')))
  }
}

function describe({ title, running }: HiddenWindow): string {
  return running ? `${title} (running)` : title
}

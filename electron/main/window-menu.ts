import { type BrowserWindow, Menu } from 'electron'
import { type MenuActions, type MenuInput, menuTemplate } from './menu-template.ts'
import { isTextEdit } from './text-edits.ts'

/** The menus of one window: of the window itself on Linux and Windows, of the app while the window is in front on macOS. */
export class WindowMenu {
  private menu: Menu | undefined
  private shape = ''
  private readonly window: BrowserWindow
  private readonly actions: MenuActions

  constructor(window: BrowserWindow, actions: MenuActions) {
    this.window = window
    this.actions = actions
    if (process.platform === 'darwin') window.on('focus', () => Menu.setApplicationMenu(this.menu ?? null))
  }

  show(input: MenuInput): void {
    const shape = shapeOf(input)
    // While entries only turn on and off, the open menu stays open.
    if (this.menu !== undefined && shape === this.shape) {
      this.update(this.menu, input)
      return
    }
    this.shape = shape
    this.menu = Menu.buildFromTemplate(menuTemplate(input, this.actions))
    if (process.platform !== 'darwin') this.window.setMenu(this.menu)
    else if (this.window.isFocused()) Menu.setApplicationMenu(this.menu)
  }

  private update(menu: Menu, { commands }: MenuInput): void {
    for (const { id, enabled, checked } of commands) {
      const item = menu.getMenuItemById(id)
      if (item === null) continue
      item.enabled = enabled || isTextEdit(id)
      if (checked !== undefined) item.checked = checked
    }
  }
}

function shapeOf({ commands, recent }: MenuInput): string {
  const entries = commands.map(({ id, title, menu, shortcut, checked }) => [id, title, menu, shortcut, checked === undefined])
  return JSON.stringify([entries, recent.map(({ path }) => path)])
}

import type { MenuItemConstructorOptions } from 'electron'
import type { ListedDocument, MenuCommand } from '../../pipeline-runtime/rpc/shell-api.ts'
import { isTextEdit } from './text-edits.ts'

export interface MenuActions {
  command(id: string): void
  openRecent(path: string): void
  closeWindow(): void
  quit(): void
}

export interface MenuInput {
  readonly commands: readonly MenuCommand[]
  readonly recent: readonly ListedDocument[]
  readonly platform: NodeJS.Platform
  /** Whether programmers' entries are shown. */
  readonly development: boolean
}

const MENUS = [
  { id: 'file', label: '&File' },
  { id: 'edit', label: '&Edit' },
  { id: 'view', label: '&View' },
  { id: 'run', label: '&Run' },
  { id: 'help', label: '&Help' },
] as const

/** The window's menus: the page's commands, in its order, and what belongs to the app itself. A menu without entries is left out. */
export function menuTemplate(input: MenuInput, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = input.platform === 'darwin'
  const menus = MENUS.map(({ id, label }) => ({ id, label, submenu: entriesOf(id, input, actions) })).filter(
    ({ submenu }) => submenu.length > 0,
  )
  return mac ? [{ role: 'appMenu' }, ...menus, { role: 'windowMenu' }] : menus
}

function entriesOf(menu: MenuCommand['menu'], input: MenuInput, actions: MenuActions): MenuItemConstructorOptions[] {
  const commands = input.commands.filter((command) => command.menu === menu).map((command) => entryOf(command, input.platform, actions))
  if (menu === 'file') return [...withRecent(commands, input, actions), ...closing(input.platform, actions)]
  if (menu === 'view') return [...commands, ...screen(input.development, commands.length > 0)]
  return commands
}

function entryOf(command: MenuCommand, platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(command.shortcut, platform)
  return {
    id: command.id,
    label: command.title.replaceAll('&', '&&'),
    // In a text field these work whatever is selected on the canvas.
    enabled: command.enabled || isTextEdit(command.id),
    // The keys themselves are the page's: it knows whether a text field, the canvas or a dialog has the focus. The menu shows them.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    ...(command.checked === undefined ? {} : { type: 'checkbox' as const, checked: command.checked }),
    click: () => actions.command(command.id),
  }
}

/** After the entry that opens a document, else first. */
function withRecent(
  commands: readonly MenuItemConstructorOptions[],
  { recent }: MenuInput,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const after = commands.findIndex(({ id }) => id === OPEN_COMMAND) + 1
  const entry: MenuItemConstructorOptions = {
    id: 'recent',
    label: 'Open &Recent',
    enabled: recent.length > 0,
    submenu: recent.map(({ path, name }) => ({ label: name.replaceAll('&', '&&'), toolTip: path, click: () => actions.openRecent(path) })),
  }
  return [...commands.slice(0, after), entry, ...commands.slice(after)]
}

const OPEN_COMMAND = 'file.open'

function closing(platform: NodeJS.Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const close: MenuItemConstructorOptions = {
    id: 'close',
    label: '&Close Window',
    accelerator: 'CmdOrCtrl+W',
    click: () => actions.closeWindow(),
  }
  if (platform === 'darwin') return [{ type: 'separator' }, close]
  return [{ type: 'separator' }, close, { id: 'quit', label: '&Quit', accelerator: 'Ctrl+Q', click: () => actions.quit() }]
}

function screen(development: boolean, after: boolean): MenuItemConstructorOptions[] {
  const entries: MenuItemConstructorOptions[] = [{ role: 'togglefullscreen', label: '&Full Screen' }]
  if (development) entries.push({ role: 'toggleDevTools', label: '&Developer Tools' })
  return after ? [{ type: 'separator' }, ...entries] : entries
}

/** `Mod+Shift+Z` in Electron's words. On macOS a menu takes its keys even from text, so there a plain letter is not shown. */
export function acceleratorOf(shortcut: string | undefined, platform: NodeJS.Platform): string | undefined {
  if (shortcut === undefined) return undefined
  const key = /[^+]+$/.exec(shortcut)?.[0] ?? '+'
  const modifiers = shortcut.slice(0, -key.length).split('+').filter(Boolean)
  const bare = !modifiers.includes('Mod')
  if (bare && platform === 'darwin' && !/^F\d+$/.test(key)) return undefined
  const name =
    KEYS[key] ?? (/^([A-Z0-9]|F\d{1,2}|[,./;'[\]\\=-]|Delete|Insert|Home|End|PageUp|PageDown|Space)$/i.test(key) ? key : undefined)
  if (name === undefined) return undefined
  return [...modifiers.map((modifier) => (modifier === 'Mod' ? 'CmdOrCtrl' : modifier)), name].join('+')
}

const KEYS: Readonly<Record<string, string>> = {
  Enter: 'Return',
  Escape: 'Esc',
  Esc: 'Esc',
  '+': 'Plus',
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  '−': '-',
}

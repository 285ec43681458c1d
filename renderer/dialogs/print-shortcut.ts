import type { ShellCapabilities } from '../../pipeline-runtime/rpc/shell-api.ts'

const onMac: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Delete: '⌦', Backspace: '⌫' }
const elsewhere: Readonly<Record<string, string>> = { Mod: 'Ctrl' }
const everywhere: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  ContextMenu: 'Menu key',
}

/** `Mod+Shift+Z` → `Ctrl+Shift+Z`, on a Mac `⌘⇧Z`. */
export function printShortcut(shortcut: string, platform: ShellCapabilities['platform']): string {
  const words = platform === 'darwin' ? onMac : elsewhere
  // A plus may itself be the key: `Mod++`.
  const parts = shortcut.split(/\+(?=.)/).map((part) => words[part] ?? everywhere[part] ?? part)
  return parts.join(platform === 'darwin' ? '' : '+')
}

import { expect, test } from 'vitest'
import { printShortcut } from './print-shortcut.ts'

test.each([
  ['Mod+Shift+Z', 'Ctrl+Shift+Z', '⌘⇧Z'],
  ['Delete', 'Delete', '⌦'],
  ['Mod++', 'Ctrl++', '⌘+'],
  ['+', '+', '+'],
  ['ArrowLeft', '←', '←'],
  ['Shift+F10', 'Shift+F10', '⇧F10'],
])('%s is %s, on a Mac %s', (shortcut, here, onMac) => {
  expect(printShortcut(shortcut, 'linux')).toBe(here)
  expect(printShortcut(shortcut, 'darwin')).toBe(onMac)
})

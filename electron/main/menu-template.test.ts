import { expect, test } from 'vitest'
import { acceleratorOf, type MenuActions, type MenuInput, menuTemplate } from './menu-template.ts'

const said: string[] = []
const actions: MenuActions = {
  command: (id) => said.push(id),
  openRecent: (path) => said.push(path),
  closeWindow: () => said.push('close'),
  quit: () => said.push('quit'),
}
const input: MenuInput = {
  commands: [
    { id: 'file.new', title: 'New', menu: 'file', enabled: true },
    { id: 'file.open', title: 'Open…', menu: 'file', shortcut: 'Mod+O', enabled: true },
    { id: 'file.save', title: 'Save', menu: 'file', shortcut: 'Mod+S', enabled: false },
    { id: 'edit.undo', title: 'Undo', menu: 'edit', shortcut: 'Mod+Z', enabled: true },
    { id: 'view.theme', title: 'Black & white', menu: 'view', enabled: true, checked: true },
  ],
  recent: [{ path: '/data/a.millrace.json', name: 'a.millrace.json', modifiedMs: 0 }],
  platform: 'linux',
  development: false,
}
const submenu = (label: string, from = menuTemplate(input, actions)) => {
  const found = from.find((menu) => menu.label === label)?.submenu
  if (!Array.isArray(found)) throw new Error(`There is no menu ${label}.`)
  return found
}

test('the menus are the page’s commands in its order; one without any is not there', () => {
  expect(menuTemplate(input, actions).map(({ label }) => label)).toEqual(['&File', '&Edit', '&View'])
  expect(submenu('&File').map(({ label, type }) => label ?? type)).toEqual([
    'New',
    'Open…',
    'Open &Recent',
    'Save',
    'separator',
    '&Close Window',
    '&Quit',
  ])
  expect(submenu('&View').map(({ label, type }) => label ?? type)).toEqual(['Black && white', 'separator', '&Full Screen'])
})

test('an entry shows its keys and leaves them to the page', () => {
  const [undo] = submenu('&Edit')
  expect(undo).toMatchObject({ label: 'Undo', accelerator: 'CmdOrCtrl+Z', registerAccelerator: false, enabled: true })
  expect(submenu('&File').find(({ id }) => id === 'file.save')).toMatchObject({ enabled: false })
})

test('what is chosen comes to the page', () => {
  said.length = 0
  for (const entry of submenu('&Edit')) entry.click?.({} as never, undefined as never, {} as never)
  const recent = submenu('&File').find(({ id }) => id === 'recent')?.submenu
  if (Array.isArray(recent)) for (const entry of recent) entry.click?.({} as never, undefined as never, {} as never)
  expect(said).toEqual(['edit.undo', '/data/a.millrace.json'])
})

test('programmers’ entries only in development', () => {
  const roles = (development: boolean) => submenu('&View', menuTemplate({ ...input, development }, actions)).map(({ role }) => role)
  expect(roles(false)).not.toContain('toggleDevTools')
  expect(roles(true)).toContain('toggleDevTools')
})

test('shortcuts in Electron’s words', () => {
  expect(acceleratorOf('Mod+Shift+Z', 'linux')).toBe('CmdOrCtrl+Shift+Z')
  expect(acceleratorOf('Mod+Enter', 'linux')).toBe('CmdOrCtrl+Return')
  expect(acceleratorOf('F6', 'darwin')).toBe('F6')
  expect(acceleratorOf('+', 'linux')).toBe('Plus')
  expect(acceleratorOf('?', 'linux')).toBeUndefined()
})

test('on macOS a plain letter is no key of a menu', () => {
  expect(acceleratorOf('F', 'darwin')).toBeUndefined()
  expect(acceleratorOf('F', 'linux')).toBe('F')
})

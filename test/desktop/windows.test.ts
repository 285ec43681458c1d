import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { type DesktopApp, expect, expectScreen, quit, startOnceMore, test, titles } from './desktop-app.ts'
import { copyOfExample, edit, openEmpty } from './documents.ts'

test('a document named at the start is opened, and stands in the title', async ({ launch, folder }) => {
  const file = copyOfExample(folder, 'spend.millrace.json')
  const app = await launch({ files: [file] })
  await expect.poll(() => titles(app)).toEqual(['spend – Millrace'])
  await expect(app.page.getByRole('application')).toBeVisible()
})

test('what is no document is said in words', async ({ launch, folder }) => {
  const file = path.join(folder, 'documents', 'broken.millrace.json')
  writeFileSync(file, '{ "format": ')
  const app = await launch({ files: [file] })
  const dialog = app.page.getByRole('dialog')
  await expect(dialog).toContainText('broken.millrace.json could not be opened')
  await expect(dialog).not.toContainText(/\n\s+at |node:|\.ts:/)
  expect(await titles(app)).toEqual(['Millrace'])
})

test('a file that is not there is said in words', async ({ launch, folder }) => {
  const app = await launch({ files: [path.join(folder, 'documents', 'gone.millrace.json')] })
  await expect(app.page.getByRole('dialog')).toContainText('gone.millrace.json is not there')
})

test('a second start hands its document over and ends; the document comes into the untouched window', async ({ app, folder }) => {
  const file = copyOfExample(folder, 'spend.millrace.json')
  expect(await startOnceMore(folder, [file])).toBe(0)
  await expect.poll(() => titles(app)).toEqual(['spend – Millrace'])
  // The same document again: the window that has it comes to the front.
  expect(await startOnceMore(folder, [file])).toBe(0)
  expect(await titles(app)).toEqual(['spend – Millrace'])
})

test('another document opens in a window of its own, with a runtime of its own', async ({ launch, folder }) => {
  const app = await launch({ files: [copyOfExample(folder, 'one.millrace.json')] })
  await expect.poll(() => titles(app)).toEqual(['one – Millrace'])
  const opened = app.electron.waitForEvent('window')
  await startOnceMore(folder, [copyOfExample(folder, 'two.millrace.json')])
  await expectScreen(await opened)
  await expect.poll(async () => [...(await titles(app))].sort()).toEqual(['one – Millrace', 'two – Millrace'])
  const engines = () =>
    app.electron.evaluate(({ app: { getAppMetrics } }) => getAppMetrics().filter(({ name }) => name === 'Millrace engine').length)
  await expect.poll(engines).toBe(2)
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(engines).toBe(1)
})

test('the window comes back where it stood, and on a screen that is there', async ({ launch, folder }) => {
  const first = await launch()
  await expectScreen(first.page)
  await first.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 90, width: 1200, height: 700 }),
  )
  await quit(first)
  const second = await launch()
  await expectScreen(second.page)
  expect(await bounds(second)).toEqual({ x: 120, y: 90, width: 1200, height: 700 })
  await quit(second)
  const kept = path.join(folder, 'user', 'window.json')
  writeFileSync(kept, JSON.stringify({ ...JSON.parse(readFileSync(kept, 'utf8')), x: 9000, y: -5000, width: 300 }))
  const third = await launch()
  await expectScreen(third.page)
  const { x, y, width } = await bounds(third)
  expect(x + width).toBeLessThanOrEqual(1600)
  expect({ y, width }).toEqual({ y: 0, width: 1024 })
})

test('documents that were used stand in the menu, the newest first', async ({ app, folder }) => {
  await keepMenus(app.electron)
  for (const name of ['one', 'two']) {
    await startOnceMore(folder, [copyOfExample(folder, `${name}.millrace.json`)])
    await expect.poll(async () => await titles(app)).toContain(`${name} – Millrace`)
  }
  await expect.poll(() => recentInMenu(app.electron)).toEqual(['two.millrace.json', 'one.millrace.json'])
  const { documents } = JSON.parse(readFileSync(path.join(folder, 'data', 'recent-documents.json'), 'utf8'))
  expect(documents.map((file: string) => path.basename(file))).toEqual(['two.millrace.json', 'one.millrace.json'])
})

test('the menus are the page’s commands, and what is chosen there happens on the page', async ({ app, folder }) => {
  await keepMenus(app.electron)
  await startOnceMore(folder, [copyOfExample(folder, 'spend.millrace.json')])
  await expect
    .poll(() => entries(app.electron, 'File'))
    .toEqual(expect.arrayContaining(['New document', 'Open…', 'Save', 'Open &Recent', '&Quit']))
  expect(await entries(app.electron, 'Edit')).toEqual(expect.arrayContaining(['Undo', 'Redo', 'Cut', 'Copy', 'Paste']))
  await choose(app.electron, 'view.shortcuts')
  await expect(app.page.getByRole('dialog')).toBeVisible()
})

test('Edit > Paste in a text field pastes text there', async ({ app, folder }) => {
  await keepMenus(app.electron)
  await startOnceMore(folder, [copyOfExample(folder, 'spend.millrace.json')])
  await expect(app.page.getByRole('application')).toBeVisible()
  const search = app.page
    .getByRole('searchbox')
    .or(app.page.getByPlaceholder(/search/i))
    .first()
  await search.click()
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText('window'))
  await choose(app.electron, 'edit.paste')
  await expect(search).toHaveValue('window')
  await choose(app.electron, 'edit.select-all')
  await choose(app.electron, 'edit.cut')
  await expect(search).toHaveValue('')
  expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('window')
})

test('saving: under a name that ends as documents do, then without a question; the title loses its mark', async ({ app, folder }) => {
  await openEmpty(app.page)
  await edit(app.page)
  await expect.poll(() => titles(app)).toEqual(['• Untitled – Millrace'])
  const target = path.join(folder, 'documents', 'mine')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, target)
  await app.page.keyboard.press('Control+s')
  await expect.poll(() => titles(app)).toEqual(['mine – Millrace'])
  const saved = readFileSync(`${target}.millrace.json`, 'utf8')
  expect(JSON.parse(saved)).toMatchObject({ format: 1, notes: [{}] })
  await app.electron.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.reject(new Error('It asked once more.'))
  })
  await edit(app.page)
  await expect.poll(() => titles(app)).toEqual(['• mine – Millrace'])
  await app.page.keyboard.press('Control+s')
  await expect.poll(() => titles(app)).toEqual(['mine – Millrace'])
  expect(JSON.parse(readFileSync(`${target}.millrace.json`, 'utf8')).notes).toHaveLength(2)
})

test('opening asks with the system’s dialog', async ({ app, folder }) => {
  const file = copyOfExample(folder, 'spend.millrace.json')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, file)
  await app.page.keyboard.press('Control+o')
  await expect.poll(() => titles(app)).toEqual(['spend – Millrace'])
})

async function bounds({ electron }: DesktopApp) {
  const found = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())
  if (found === undefined) throw new Error('There is no window.')
  return found
}

/** The menus of a window cannot be asked for on Linux, so what is built from now on is kept. */
function keepMenus(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate
    Menu.buildFromTemplate = (template) => {
      const menu = build(template)
      // The tray has menus, too.
      if (menu.items.some(({ label }) => label === '&File')) Reflect.set(globalThis, 'keptMenu', menu)
      return menu
    }
  })
}

function recentInMenu(electron: ElectronApplication): Promise<readonly string[] | undefined> {
  return electron.evaluate(() => {
    const menu = Reflect.get(globalThis, 'keptMenu')
    return menu?.getMenuItemById('recent')?.submenu.items.map(({ label }: { label: string }) => label)
  })
}

function entries(electron: ElectronApplication, menu: string): Promise<readonly string[] | undefined> {
  return electron.evaluate((_electron, name) => {
    const kept = Reflect.get(globalThis, 'keptMenu')
    return kept?.items
      .find(({ label }: { label: string }) => label === `&${name}`)
      ?.submenu.items.map(({ label }: { label: string }) => label)
  }, menu)
}

function choose(electron: ElectronApplication, id: string): Promise<void> {
  return electron.evaluate((_electron, wanted) => {
    const item = Reflect.get(globalThis, 'keptMenu')?.getMenuItemById(wanted)
    if (item === undefined || item === null || !item.enabled) throw new Error(`The menu has no ${wanted} that can be chosen.`)
    item.click()
  }, id)
}

import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { type DesktopApp, expect, quit, runtimePids, startOnceMore, test, titles } from './desktop-app.ts'
import { copyOfExample, edit, openEmpty, run } from './documents.ts'

test('a window with unsaved changes asks; Cancel keeps it, without saving it goes', async ({ app }) => {
  await openEmpty(app.page)
  await edit(app.page)
  await expect.poll(() => titles(app)).toEqual(['• Untitled – Millrace'])
  await close(app)
  await expect(question(app.page)).toContainText('Save the changes of "Untitled"?')
  await answer(app.page, 'Cancel')
  await expect(question(app.page)).toBeHidden()
  expect(await titles(app)).toEqual(['• Untitled – Millrace'])
  await close(app)
  await answer(app.page, "Don't save")
  expect(await app.ended).toBe(0)
})

test('saved on the way out, the file is there', async ({ app, folder }) => {
  await openEmpty(app.page)
  await edit(app.page)
  const target = path.join(folder, 'documents', 'kept.millrace.json')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, target)
  await close(app)
  await answer(app.page, 'Save')
  expect(await app.ended).toBe(0)
  expect(existsSync(target)).toBe(true)
})

test('nothing to lose, nothing asked', async ({ app, folder }) => {
  await startOnceMore(folder, [copyOfExample(folder, 'spend.millrace.json')])
  await expect.poll(() => titles(app)).toEqual(['spend – Millrace'])
  await quit(app)
})

test('a signal that ends programs asks as well', async ({ app }) => {
  await openEmpty(app.page)
  await edit(app.page)
  await expect.poll(() => titles(app)).toEqual(['• Untitled – Millrace'])
  app.electron.process().kill('SIGTERM')
  await expect(question(app.page)).toContainText('Save the changes of')
  await answer(app.page, "Don't save")
  expect(await app.ended).toBe(0)
})

test('quitting asks every window that has something to lose, and closes none before all agreed', async ({ app, folder }) => {
  await openEmpty(app.page)
  await edit(app.page)
  const opened = app.electron.waitForEvent('window')
  await startOnceMore(folder, [copyOfExample(folder, 'spend.millrace.json')])
  const second = await opened
  await expect(second.getByRole('application')).toBeVisible()
  await edit(second)
  await expect.poll(async () => (await titles(app)).filter((title) => title.startsWith('• '))).toHaveLength(2)
  await app.electron.evaluate(({ app: { quit: quitApp } }) => quitApp())
  await answer(app.page, "Don't save")
  await answer(second, 'Cancel')
  await expect(question(second)).toBeHidden()
  expect(await titles(app)).toHaveLength(2)
  // What was agreed to before holds no longer.
  await app.electron.evaluate(({ app: { quit: quitApp } }) => quitApp())
  await answer(app.page, "Don't save")
  await answer(second, "Don't save")
  expect(await app.ended).toBe(0)
})

test('a page that does not answer cannot hold its window open', async ({ app }) => {
  await openEmpty(app.page)
  await edit(app.page)
  await expect.poll(() => titles(app)).toEqual(['• Untitled – Millrace'])
  await app.electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = (...args: unknown[]) => {
      Reflect.set(globalThis, 'asked', Reflect.get(Object(args.at(-1)), 'message'))
      return Promise.resolve({ response: 1, checkboxChecked: false })
    }
  })
  // Both go to the page on one way: it is busy, and stays so, before it hears that its window is to be closed.
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    void window?.webContents.executeJavaScript('for (;;);').catch(() => undefined)
    window?.close()
  })
  await expect
    .poll(() => app.electron.evaluate(() => Reflect.get(globalThis, 'asked')), { timeout: 30_000 })
    .toBe('Close “Untitled” all the same?')
  expect(await titles(app)).toEqual(['• Untitled – Millrace'])
})

test('a run goes on in the tray, comes back with a second start, and can be stopped', async ({ app, folder }) => {
  await startOnceMore(folder, [copyOfExample(folder, 'spend.millrace.json')])
  await run(app.page)
  await close(app)
  await expect(question(app.page)).toContainText('A run is under way')
  await answer(app.page, 'Keep running in the tray')
  await expect.poll(() => visible(app)).toEqual([false])
  expect(await runtimePids(app.electron)).toHaveLength(1)
  expect(await startOnceMore(folder, [])).toBe(0)
  await expect.poll(() => visible(app)).toEqual([true])
  await expect(app.page.getByRole('button', { name: 'Stop' }).first()).toBeVisible()
  await close(app)
  await answer(app.page, 'Stop')
  expect(await app.ended).toBe(0)
})

test('the tray has the hidden window and stops what runs', async ({ app, folder }) => {
  await keepTrayMenu(app)
  await startOnceMore(folder, [copyOfExample(folder, 'spend.millrace.json')])
  await run(app.page)
  await close(app)
  await answer(app.page, 'Keep running in the tray')
  await expect.poll(() => trayEntries(app)).toEqual(['Show spend (running)', '', 'Stop and quit'])
  await app.electron.evaluate(() => Reflect.get(globalThis, 'trayMenu').items[0].click())
  await expect.poll(() => visible(app)).toEqual([true])
  await close(app)
  await answer(app.page, 'Keep running in the tray')
  await expect.poll(() => visible(app)).toEqual([false])
  await app.electron.evaluate(() => Reflect.get(globalThis, 'trayMenu').items[2].click())
  expect(await app.ended).toBe(0)
})

test('a page that broke down can be opened again', async ({ app }) => {
  app.expect(/crash/i)
  const text = await app.electron.evaluate(async ({ dialog, BrowserWindow }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    await new Promise<void>((resolve) => {
      contents?.once('did-finish-load', () => resolve())
      contents?.forcefullyCrashRenderer()
    })
    for (const until = Date.now() + 10_000; Date.now() < until; ) {
      const shown: unknown = await contents?.executeJavaScript('document.body.textContent')
      if (String(shown).includes('Pick a question')) return shown
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return 'The page stayed empty.'
  })
  expect(text).toContain('Pick a question')
})

function keepTrayMenu({ electron }: DesktopApp): Promise<void> {
  return electron.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate
    Menu.buildFromTemplate = (template) => {
      const menu = build(template)
      if (menu.items.some(({ label }) => label === 'Stop and quit')) Reflect.set(globalThis, 'trayMenu', menu)
      return menu
    }
  })
}

function trayEntries({ electron }: DesktopApp): Promise<readonly string[] | undefined> {
  return electron.evaluate(() => Reflect.get(globalThis, 'trayMenu')?.items.map(({ label }: { label: string }) => label))
}

function question(page: Page): Locator {
  return page.getByRole('dialog')
}

async function answer(page: Page, choice: string): Promise<void> {
  await question(page).getByRole('button', { name: choice, exact: true }).click()
}

/** As the cross of the first window. */
function close({ electron }: DesktopApp): Promise<void> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
}

function visible({ electron }: DesktopApp): Promise<readonly boolean[]> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))
}

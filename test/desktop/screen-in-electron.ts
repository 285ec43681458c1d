import { readFileSync } from 'node:fs'
import path from 'node:path'
import { canvas, type Screen } from '../screen/screen.ts'
import { test as base, expect, expectScreen, startOnceMore, titles } from './desktop-app.ts'

/** The screen of the desktop app, for the flows that both hosts have. The system's dialogs are answered by the test. */
export const test = base.extend<{ readonly host: Screen }>({
  host: async ({ app, folder }, use) => {
    const { electron, page } = app
    const documents = path.join(folder, 'documents')
    await use({
      page,
      folder: documents,
      async open(name) {
        await electron.evaluate(
          ({ dialog }, filePath) => {
            dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
          },
          path.join(documents, name),
        )
        await page.keyboard.press('Control+o')
        await expect(canvas(page)).toBeFocused()
      },
      async saveAs(name) {
        const filePath = path.join(documents, `${name}.millrace.json`)
        await electron.evaluate(({ dialog }, chosen) => {
          dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
        }, filePath)
        await page.keyboard.press('Control+s')
        await expect.poll(() => titles(app)).toContain(`${name} – Millrace`)
        return readFileSync(filePath, 'utf8')
      },
      readClipboard: () => electron.evaluate(({ clipboard }) => clipboard.readText()),
      writeClipboard: (text) => electron.evaluate(({ clipboard }, written) => clipboard.writeText(written), text),
      async openInAnotherWindow(name) {
        const opened = electron.waitForEvent('window')
        await startOnceMore(folder, [path.join(documents, name)])
        const other = await opened
        await expectScreen(other)
        await expect(canvas(other)).toBeVisible()
        return other
      },
    })
  },
})

import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, shell } from 'electron'
import { Refusal } from '../../pipeline-runtime/server/refusal.ts'

/** The one thing outside of the app that it opens: the first part of its own guide. The page cannot name another one. */
export async function openGuide(): Promise<void> {
  const file = firstPage()
  if (!existsSync(file)) throw new Refusal('GUIDE_NOT_OPENED', `The guide ${file} is not there. Install Millrace again.`)
  const failure = process.platform === 'linux' ? await openOnLinux(file) : await shell.openPath(file)
  if (failure !== '') throw new Refusal('GUIDE_NOT_OPENED', `The guide could not be opened: ${failure}. Open it yourself: ${file}`)
}

/** A package has the site of the guide, beside the archive that other programs cannot look into. */
function firstPage(): string {
  return app.isPackaged
    ? path.join(process.resourcesPath, 'docs', 'guide', 'first-run.html')
    : path.join(app.getAppPath(), 'docs', 'guide', 'first-run.md')
}

/**
 * `openPath` stops the whole app there until `xdg-open` ends, which for a browser that it starts is when that is closed. `openExternal` waits
 * for nothing; neither notices that there is no `xdg-open`.
 */
async function openOnLinux(file: string): Promise<string> {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  if (!folders.some((folder) => existsSync(path.join(folder, 'xdg-open'))))
    return 'there is no xdg-open, which the package xdg-utils brings'
  try {
    await shell.openExternal(pathToFileURL(file).href)
    return ''
  } catch (error) {
    return String(error)
  }
}

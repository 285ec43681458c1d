import { existsSync } from 'node:fs'
import path from 'node:path'
import { app, shell } from 'electron'
import { Refusal } from '../../pipeline-runtime/server/refusal.ts'

/** The one thing outside of the app that it opens: the first part of its own guide. The page cannot name another one. */
export async function openGuide(): Promise<void> {
  const file = path.join(folder(), 'docs', 'guide', 'first-run.md')
  const failure = existsSync(file) ? await shell.openPath(file) : 'it is not there'
  if (failure !== '') throw new Refusal('GUIDE_NOT_OPENED', `The guide ${file} could not be opened: ${failure}.`)
}

/** Other programs cannot look into the archive that a packaged app is. */
function folder(): string {
  return app.isPackaged ? process.resourcesPath : app.getAppPath()
}

import { existsSync } from 'node:fs'
import path from 'node:path'
import { app, shell } from 'electron'
import { Refusal } from '../../pipeline-runtime/server/refusal.ts'

/** The one thing outside of the app that it opens: the first part of its own guide. The page cannot name another one. */
export async function openGuide(): Promise<void> {
  const file = firstPage()
  const failure = existsSync(file) ? await shell.openPath(file) : 'it is not there'
  if (failure !== '') throw new Refusal('GUIDE_NOT_OPENED', `The guide ${file} could not be opened: ${failure}.`)
}

/** A package has the site of the guide, beside the archive that other programs cannot look into. */
function firstPage(): string {
  return app.isPackaged
    ? path.join(process.resourcesPath, 'docs', 'guide', 'first-run.html')
    : path.join(app.getAppPath(), 'docs', 'guide', 'first-run.md')
}

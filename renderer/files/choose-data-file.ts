import type { Studio } from '../app/studio.ts'
import { refusalOf } from '../host/refusal.ts'
import { dataFolder } from './data-folder.ts'
import { addFileSource, importFile } from './import-file.ts'
import { showFailure } from './show-failure.ts'

/** Lets the user choose a data file and makes a step of it that reads it. */
export async function chooseDataFile(studio: Studio): Promise<void> {
  if (studio.capabilities.host === 'browser') {
    const file = await chooseInBrowser()
    if (file !== undefined) await importFile(studio, file)
    return
  }
  try {
    const chosen = await studio.host.shell.files.choose({ purpose: 'read', folder: dataFolder(studio) })
    if (chosen !== null) await addFileSource(studio, chosen.path)
  } catch (error) {
    showFailure(studio, 'The file could not be chosen', refusalOf(error).message)
  }
}

/** The browser's own dialog; undefined where it was closed. */
function chooseInBrowser(): Promise<File | undefined> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.csv,.tsv,.txt,.json,.jsonl,.ndjson'
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]))
    input.addEventListener('cancel', () => resolve(undefined))
    input.click()
  })
}

import type { SampledRows } from '../../pipeline-runtime/rpc/runtime-api.ts'
import { DOCUMENT_ENDING } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Studio } from '../app/studio.ts'
import { addNode } from '../edit/add-node.ts'
import { base64Of } from '../format/base64-of.ts'
import { refusalOf } from '../host/refusal.ts'
import type { Point } from '../state/change.ts'
import { dataFolder } from './data-folder.ts'
import { newDocument, openDocument, replaceDocument } from './document-files.ts'
import { mayReplace } from './leave-document.ts'
import { readOpened } from './read-opened.ts'
import { showFailure } from './show-failure.ts'
import { sourceStep, takenFrom, titleOfFile } from './source-step.ts'
import { whileReading } from './while-reading.ts'

/** What `shell.files.upload` takes, before base64. */
const MOST_UPLOADED = 70 << 20
const ROWS = 100

/** A file that was dropped or chosen: a document is opened, data becomes a step that reads it. */
export async function importFile(studio: Studio, file: File, at?: Point): Promise<void> {
  const isDocument = file.name.toLowerCase().endsWith(DOCUMENT_ENDING)
  try {
    if (isDocument) await openDropped(studio, file)
    else await importData(studio, file, at)
  } catch (error) {
    showFailure(studio, `${file.name} could not be opened`, refusalOf(error).message)
  }
}

async function openDropped(studio: Studio, file: File): Promise<void> {
  const path = studio.host.pathOfFile(file)
  if (path !== undefined) return openDocument(studio, path)
  // A browser tells no path: the document is a new one until it is saved.
  const reading = readOpened(file.name, await file.text())
  if (reading.type === 'refused') return showFailure(studio, reading.title, reading.message, reading.details)
  if (await mayReplace(studio)) replaceDocument(studio, reading.document, { edited: true })
}

async function importData(studio: Studio, file: File, at: Point | undefined): Promise<void> {
  if (file.size === 0) return showFailure(studio, `${file.name} is empty`, 'There are no rows in it that could be read.')
  const path = await placeOfData(studio, file)
  if (path !== undefined) await addFileSource(studio, path, at)
}

/** Where the runtime finds the file; undefined: it cannot be had, which was said, or the user cancelled. */
async function placeOfData(studio: Studio, file: File): Promise<string | undefined> {
  const { shell } = studio.host
  const folder = dataFolder(studio)
  const path = studio.host.pathOfFile(file)
  if (path !== undefined) return (await shell.files.allowDropped({ path, folder })).path
  if (file.size > MOST_UPLOADED) {
    const where = studio.capabilities.folder ?? 'the folder that is served'
    const words = `It has ${Math.round(file.size / 1e6).toLocaleString('en')} MB; a browser can bring in ${Math.round(MOST_UPLOADED / 1e6)} MB.`
    showFailure(studio, `${file.name} is too big to be brought in`, words, [
      `Copy it to ${where}, add the step "Read a file" and write the file's name there.`,
    ])
    return undefined
  }
  const uploaded = await whileReading(studio, `Bringing in ${file.name}…`, async (signal) =>
    shell.files.upload({ name: file.name, base64: await base64Of(file), folder }, { signal }),
  )
  return uploaded?.path
}

/** Adds a step that reads a file, with what its first rows tell; the next run then reads all of it and stops. */
export async function addFileSource(studio: Studio, path: string, at?: Point): Promise<void> {
  const title = titleOfFile(path)
  const { documentId } = studio.documents.getState()
  let sampled: SampledRows | undefined
  try {
    sampled = await whileReading(studio, `Reading the first rows of ${title}…`, async (signal) => {
      const client = await studio.host.runtime.ready()
      return client.data.sampleFile({ path, folder: dataFolder(studio), limit: ROWS }, { signal })
    })
  } catch (error) {
    showFailure(studio, `${title} could not be read`, refusalOf(error).message)
    return
  }
  // Cancelled, or another document was opened meanwhile.
  if (sampled === undefined || studio.documents.getState().documentId !== documentId) return
  if (studio.view.getState().gallery && !(await newDocument(studio))) return
  const { kind, config } = sourceStep({ path }, takenFrom(sampled))
  addNode(studio, kind, { config, title, ...(at === undefined ? {} : { at }) })
  studio.runs.configure({ start: { type: 'earliest' }, stop: { type: 'end' } })
  studio.focus.go('canvas')
}

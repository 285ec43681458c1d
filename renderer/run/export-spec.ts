import { writeSpec } from '../../pipeline-runtime/compiler/read-spec.ts'
import type { Studio } from '../app/studio.ts'
import { startCommandLine } from './command-line.ts'
import { refusalOf } from './refusal.ts'

/** Writes the compiled spec to a file that the user chooses. */
export async function exportSpec({ compiled, documents, host, announcer, view }: Studio): Promise<void> {
  const { spec } = await compiled.settled()
  if (spec === undefined) {
    view.setState({ dockOpen: true, dockTab: 'problems' })
    announcer.say('A drawing with problems has no spec.', 'export')
    return
  }
  const { place, document } = documents.getState()
  const suggestedName = `${(place?.name ?? document.name).replace(/\.millrace\.json$/, '')}.spec.json`
  try {
    const written = await host.shell.documents.exportText({ suggestedName, text: writeSpec(spec) })
    if (written !== null) announcer.say(`Spec written to ${written.path}.`, 'export')
  } catch (error) {
    announcer.alarm(`The spec was not written. ${refusalOf(error).message}`)
  }
}

/** Puts the command that runs the document without a window on the clipboard. */
export async function copyCommandLine(studio: Studio): Promise<void> {
  const text = startCommandLine(studio.documents.getState(), studio.runs.getState().settings)
  try {
    await navigator.clipboard.writeText(text)
    studio.announcer.say('Command line copied.', 'export')
  } catch {
    studio.announcer.alarm('The system does not let the page use the clipboard.')
  }
}

import { writeSpec } from '../../pipeline-runtime/compiler/read-spec.ts'
import { setPanelOpen } from '../app/panels.ts'
import type { Studio } from '../app/studio.ts'
import { copyText } from '../edit/copy-text.ts'
import { tell } from '../edit/tell.ts'
import { suggestedFileName, withoutEnding } from '../files/document-name.ts'
import { refusalOf } from '../host/refusal.ts'
import { startCommandLine } from './command-line.ts'

const SPEC_ENDING = '.spec.json'

/** Writes the compiled spec to a file that the user chooses. */
export async function exportSpec(studio: Studio): Promise<void> {
  const { compiled, documents, host, announcer, view } = studio
  const { spec } = await compiled.settled()
  if (spec === undefined) {
    view.setState({ dockTab: 'problems' })
    setPanelOpen(studio, 'dock', true)
    announcer.say('A drawing with problems has no spec.', 'export')
    return
  }
  const { place, document } = documents.getState()
  const suggestedName = place === undefined ? suggestedFileName(document.name, SPEC_ENDING) : `${withoutEnding(place.name)}${SPEC_ENDING}`
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
  if (await copyText(text)) studio.announcer.say('Command line copied.', 'export')
  else tell(studio, 'The system does not let the page write the clipboard.')
}

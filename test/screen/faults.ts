import { failOnARow } from './faults/failing-row.ts'
import { pullFilesAway } from './faults/files.ts'
import { openEndlessTexts, openUnknownKind, openWhatCannotBeOpened } from './faults/opening.ts'
import { pressTwice } from './faults/presses.ts'
import type { Flow } from './screen.ts'

/** What can go wrong in both hosts, and what the screen makes of it: run in the desktop app. */
export const faults: readonly (readonly [title: string, flow: Flow])[] = [
  ['documents that cannot be opened are explained, and what was open stays', openWhatCannotBeOpened],
  ['a step of an unknown kind is kept, shown and in the way of a run', openUnknownKind],
  ['texts without end do not hold the window up', openEndlessTexts],
  ['files that are cut off, missing or not to be written are named with their step', pullFilesAway],
  ['a row on which a condition fails: step, record and reason, and a way out', failOnARow],
  ['two presses make one run, and Stop holds at any time', pressTwice],
]

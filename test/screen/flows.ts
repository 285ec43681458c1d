import { findNothingInDialogs, findNothingOnTheWay, findNothingWhereNarrow } from './flows/accessibility.ts'
import { compareBrokenLines, compareFirstQuestion, compareLateRows } from './flows/bounded-run.ts'
import { buildOnKafka } from './flows/build-on-kafka.ts'
import { buildWithoutMouse } from './flows/build-without-mouse.ts'
import { copyBetweenDocuments, pasteRubbish } from './flows/clipboard.ts'
import { refuseImpossibleLinks } from './flows/connecting.ts'
import { compareChartAndTable, lookAtTheFirstQuestion } from './flows/gallery.ts'
import { climbDownByEscape, goRoundTheWindow, keepTheFocus, walkTheSteps } from './flows/keyboard.ts'
import { undoEveryAct } from './flows/undo.ts'
import type { Flow } from './screen.ts'

type Flows = readonly (readonly [title: string, flow: Flow])[]

/** The main ones, in both hosts. */
export const mainFlows: Flows = [
  ['a card of the gallery, Run: finished rows, figures that move, and what the filter removed', lookAtTheFirstQuestion],
  ['chart and table show the same rows', compareChartAndTable],
  ['the figures at the end of a run are those of the command line', compareFirstQuestion],
  ['from an empty canvas with the mouse to results in a topic of a real Kafka', buildOnKafka],
  ['steps are copied from one document into another one', copyBetweenDocuments],
  ['axe finds nothing on the way of a first user', findNothingOnTheWay],
]

/** What is the page's own work and the same in both hosts: run in the desktop app. */
export const furtherFlows: Flows = [
  ['the figures at the end of a run with late rows are those of the command line', compareLateRows],
  ['the figures at the end of a run over broken lines are those of the command line', compareBrokenLines],
  ['the first question built with keys on the canvas, and in the outline: the same bytes', buildWithoutMouse],
  ['every act is undone and done again in one step', undoEveryAct],
  ['rubbish that is pasted is refused in words and changes nothing', pasteRubbish],
  ['impossible links say why before the mouse is let go', refuseImpossibleLinks],
  ['F6 goes round the window', goRoundTheWindow],
  ['Esc leaves one thing after the other', climbDownByEscape],
  ['arrows walk along the links', walkTheSteps],
  ['the focus stays where it was, or comes back', keepTheFocus],
  ['axe finds nothing in menus, lists and dialogs', findNothingInDialogs],
  ['axe finds nothing where there is little room', findNothingWhereNarrow],
]

import type { Command } from '../command.ts'
import { note } from './add-note.ts'
import { addStep } from './add-step.ts'
import { connectFrom, connectInto } from './connect.ts'
import { edgeCommands, edgeMode } from './edge-mode.ts'
import { escape } from './escape.ts'
import { layout } from './layout.ts'
import { moveCommands, moveMode } from './move-mode.ts'
import { nextProblem } from './next-problem.ts'
import { openMenu } from './open-menu.ts'
import { openSettings } from './open-settings.ts'
import { outline } from './outline.ts'
import { readFigures } from './read-figures.ts'
import { rename } from './rename.ts'
import { showData } from './show-data.ts'
import { toggleSelection } from './toggle-selection.ts'
import { fit, fitSelection, zoomIn, zoomOut, zoomToFull } from './view.ts'
import { walkCommands } from './walk.ts'

export const canvasCommands: readonly Command[] = [
  ...walkCommands,
  openSettings,
  toggleSelection,
  escape,
  addStep,
  connectFrom,
  connectInto,
  rename,
  showData,
  note,
  openMenu,
  edgeMode,
  ...edgeCommands,
  moveMode,
  ...moveCommands,
  nextProblem,
  readFigures,
  outline,
  layout,
  fit,
  fitSelection,
  zoomIn,
  zoomOut,
  zoomToFull,
]

import type { Command } from '../command.ts'
import { copy, cut, paste } from './clipboard.ts'
import { deleteAndJoinCommand, deleteCommand } from './delete.ts'
import { duplicate } from './duplicate.ts'
import { redoCommand, undoCommand } from './history.ts'
import { selectAll } from './select-all.ts'

export const editCommands: readonly Command[] = [
  undoCommand,
  redoCommand,
  cut,
  copy,
  paste,
  duplicate,
  deleteCommand,
  deleteAndJoinCommand,
  selectAll,
]

import { canvasCommands } from './canvas/index.ts'
import type { Command } from './command.ts'
import { editCommands } from './edit/index.ts'
import { fileCommands } from './file/index.ts'
import { runCommands } from './run/index.ts'
import { viewCommands } from './view/index.ts'

/** All commands, in the order of menus and of the list of keys. */
export const commands: readonly Command[] = [...fileCommands, ...editCommands, ...canvasCommands, ...runCommands, ...viewCommands]

export function commandNamed(id: string): Command | undefined {
  return commands.find((command) => command.id === id)
}

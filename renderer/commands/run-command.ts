import type { Studio } from '../app/studio.ts'
import { showFailure } from '../files/show-failure.ts'
import { refusalOf } from '../host/refusal.ts'
import type { Command } from './command.ts'

/** Does what a command says; where that cannot be done, says why. Never rejects. */
export async function runCommand(studio: Studio, command: Command): Promise<void> {
  studio.documents.settle()
  try {
    await command.run(studio)
  } catch (error) {
    showFailure(studio, `${command.title.replace(/…$/, '')} did not work`, refusalOf(error).message)
  }
}

import type { Command } from '../command.ts'

export const viewCommands: readonly Command[] = []

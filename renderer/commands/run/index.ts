import type { Command } from '../command.ts'

export const runCommands: readonly Command[] = []

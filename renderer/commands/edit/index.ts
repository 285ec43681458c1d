import type { Command } from '../command.ts'

export const editCommands: readonly Command[] = []

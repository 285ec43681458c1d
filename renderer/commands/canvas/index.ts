import type { Command } from '../command.ts'

export const canvasCommands: readonly Command[] = []

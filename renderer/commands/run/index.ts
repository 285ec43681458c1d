import type { Command } from '../command.ts'
import { copyCommandLine } from './copy-command-line.ts'
import { exportSpec } from './export-spec.ts'
import { localKafka } from './local-kafka.ts'
import { start } from './start.ts'
import { stop } from './stop.ts'

export const runCommands: readonly Command[] = [start, stop, localKafka, copyCommandLine, exportSpec]

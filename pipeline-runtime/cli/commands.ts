import type { Command } from './command.ts'
import { compileCommand } from './commands/compile.ts'
import { doctorCommand } from './commands/doctor.ts'
import { feedCommand } from './commands/feed.ts'
import { importConnectionCommand } from './commands/import-connection.ts'
import { kafkaCommand } from './commands/kafka.ts'
import { migrateCommand } from './commands/migrate.ts'
import { nodesCommand } from './commands/nodes.ts'
import { openCommand } from './commands/open.ts'
import { runCommand } from './commands/run.ts'
import { serveCommand } from './commands/serve.ts'
import { sqlFunctionsCommand } from './commands/sql-functions.ts'
import { testCommand } from './commands/test.ts'
import { validateCommand } from './commands/validate.ts'

export const commands: readonly Command[] = [
  runCommand,
  validateCommand,
  compileCommand,
  openCommand,
  testCommand,
  nodesCommand,
  migrateCommand,
  serveCommand,
  feedCommand,
  kafkaCommand,
  doctorCommand,
  importConnectionCommand,
  sqlFunctionsCommand,
]

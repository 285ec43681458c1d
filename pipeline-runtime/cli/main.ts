import { type Command, ExitCode, UsageError } from './command.ts'
import { commands } from './commands.ts'
import { processOutput } from './output.ts'
import { version } from './version.ts'

const output = processOutput()
const [name, ...rest] = process.argv.slice(2)
const debug = rest.includes('--debug')

async function main(): Promise<ExitCode> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await output.result(overview())
    return name === undefined ? ExitCode.USAGE : ExitCode.DONE
  }
  if (name === '--version') {
    await output.result(`millrace ${await version()}\n`)
    return ExitCode.DONE
  }
  const command = commands.find((candidate) => candidate.name === name)
  if (command === undefined) {
    output.say(`There is no command ${name}. Commands: ${commands.map((c) => c.name).join(', ')}.`)
    return ExitCode.USAGE
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await output.result(usageOf(command))
    return ExitCode.DONE
  }
  try {
    return await command.run(
      rest.filter((argument) => argument !== '--debug'),
      output,
    )
  } catch (error) {
    if (error instanceof UsageError) {
      output.say(`${error.message}\n\n${usageOf(command)}`)
      return ExitCode.USAGE
    }
    throw error
  }
}

function usageOf(command: Command): string {
  const details = command.details === undefined ? '' : `\n${command.details}\n`
  return `millrace ${command.name} ${command.usage}\n  ${command.summary}\n${details}`
}

function overview(): string {
  const lines = commands.map((command) => `  millrace ${command.name} ${command.usage}\n      ${command.summary}`)
  return `Millrace runs pipelines that were drawn on its canvas or written by hand.\n\n${lines.join('\n')}\n\n  millrace COMMAND --help says more. --debug shows stacks of unexpected errors.\n`
}

try {
  process.exitCode = await main()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  output.say(debug && error instanceof Error ? (error.stack ?? message) : `millrace ${name ?? ''}: ${message}`)
  process.exitCode = ExitCode.FAILED
}

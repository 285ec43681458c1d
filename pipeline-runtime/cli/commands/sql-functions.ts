import { functionTable } from '../../expressions/expressions.ts'
import { parseArguments } from '../arguments.ts'
import { type Command, ExitCode } from '../command.ts'

export const sqlFunctionsCommand: Command = {
  name: 'sql-functions',
  usage: '[--json]',
  summary: 'Lists the functions of expressions with an example each.',
  async run(args, output) {
    const { values } = parseArguments(args, { json: { type: 'boolean' } })
    if (values.json === true)
      await output.result(
        `${JSON.stringify(
          functionTable.map(({ name, topic, usage, doc, examples, flink }) => ({ name, topic, usage, doc, examples, flink })),
          null,
          2,
        )}\n`,
      )
    else
      for (const { name, doc, examples } of functionTable)
        await output.result(`${name.padEnd(18)} ${doc}\n${examples.map((e) => `${' '.repeat(19)}${e.text} = ${e.value}\n`).join('')}`)
    return ExitCode.DONE
  },
}

import { z } from 'zod'
import { kinds } from '../../nodes/catalog.ts'
import { parseArguments } from '../arguments.ts'
import { type Command, ExitCode } from '../command.ts'

export const nodesCommand: Command = {
  name: 'nodes',
  usage: '[--json]',
  summary: 'Lists the kinds of nodes; with --json also their configuration as JSON Schema.',
  async run(args, output) {
    const { values } = parseArguments(args, { json: { type: 'boolean' } })
    if (values.json === true) {
      const list = kinds.map(({ kind, version, title, term, category, description, promise, config }) => {
        const schema = z.toJSONSchema(config, { io: 'input' })
        return { kind, version, title, term, category, description, promise, config: schema }
      })
      await output.result(`${JSON.stringify(list, null, 2)}\n`)
    } else {
      for (const { kind, title, category, description } of kinds)
        await output.result(`${kind.padEnd(18)} ${category.padEnd(10)} ${title}\n${' '.repeat(30)}${description}\n`)
    }
    return ExitCode.DONE
  },
}

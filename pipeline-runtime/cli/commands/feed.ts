import path from 'node:path'
import { kinds } from '../../nodes/catalog.ts'
import { feedSamples } from '../../runner/feed.ts'
import { logLevel, oneFile, parseArguments } from '../arguments.ts'
import { readAndBind } from '../bind.ts'
import { type Command, ExitCode, UsageError } from '../command.ts'
import { createLogger } from '../logging.ts'

export const feedCommand: Command = {
  name: 'feed',
  usage: 'FILE --target HOST:PORT|NAME [--allow-path DIR]...',
  summary: "Writes the sample data of a document's sources into the topics of a real Kafka, beginning 15 minutes ago.",
  async run(args, output) {
    const { values, positionals } = parseArguments(args, {
      target: { type: 'string', multiple: true },
      'allow-path': { type: 'string', multiple: true },
      'log-level': { type: 'string' },
      'log-json': { type: 'boolean' },
    })
    const file = oneFile(positionals)
    if (values.target === undefined) throw new UsageError('--target is missing: where to write the sample data to.')
    const pipeline = readAndBind(file, values.target, output)
    if (pipeline === undefined) return ExitCode.INVALID
    const { spec, folder, bound } = pipeline
    const interrupt = new AbortController()
    const onSignal = () => interrupt.abort()
    process.once('SIGINT', onSignal)
    try {
      const fed = await feedSamples({
        spec,
        kinds,
        folder,
        allowedFolders: (values['allow-path'] ?? []).map((allowed) => path.resolve(allowed)),
        targets: bound.targets,
        log: createLogger(output, { level: logLevel(values['log-level']), json: values['log-json'] === true }),
        signal: interrupt.signal,
        onProgress: (records, topic) => {
          if (output.errors.isTTY === true) output.errors.write(`\r\u001b[K${topic}: ${records.toLocaleString('en')} records`)
        },
      })
      if (output.errors.isTTY === true) output.errors.write('\r\u001b[K')
      for (const { nodeId, topic, records } of fed) output.say(`${nodeId}: ${records.toLocaleString('en')} records written to ${topic}.`)
      return interrupt.signal.aborted ? ExitCode.INTERRUPTED : ExitCode.DONE
    } finally {
      process.off('SIGINT', onSignal)
    }
  },
}

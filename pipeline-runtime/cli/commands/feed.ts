import path from 'node:path'
import { kinds } from '../../nodes/catalog.ts'
import { defaultDataDir } from '../../runner/data-dir.ts'
import { feedSamples } from '../../runner/feed.ts'
import { logLevel, oneFile, parseArguments } from '../arguments.ts'
import { readAndBind } from '../bind.ts'
import { type Command, ExitCode, UsageError } from '../command.ts'
import { readyTargets } from '../local-target.ts'
import { createLogger } from '../logging.ts'

export const feedCommand: Command = {
  name: 'feed',
  usage: 'FILE --target local|HOST:PORT|NAME [--connections FILE] [--allow-path DIR]... [--data-dir DIR]',
  summary: "Writes the sample data of a document's sources into the topics of a real Kafka, beginning 15 minutes ago.",
  details: `  --target local        into the local Kafka (millrace kafka), which is started where it does not run; topics are made
  --target HOST:PORT    into another one; topics have to be there
  --data-dir DIR        where the local Kafka has its data (default: MILLRACE_DATA_DIR or the user's data folder)
  What stands in the topics already stays, so that feeding twice gives every row twice; millrace kafka reset empties the local Kafka.`,
  async run(args, output) {
    const { values, positionals } = parseArguments(args, {
      target: { type: 'string', multiple: true },
      connections: { type: 'string' },
      'allow-path': { type: 'string', multiple: true },
      'data-dir': { type: 'string' },
      'log-level': { type: 'string' },
      'log-json': { type: 'boolean' },
    })
    const file = oneFile(positionals)
    if (values.target === undefined) throw new UsageError('--target is missing: where to write the sample data to.')
    const pipeline = readAndBind(file, values.target, output, values.connections)
    if (pipeline === undefined) return ExitCode.INVALID
    const { spec, folder } = pipeline
    const { targets, localBootstrap } = await readyTargets(pipeline, values['data-dir'] ?? defaultDataDir(process.env), output)
    const interrupt = new AbortController()
    const onSignal = () => interrupt.abort()
    process.once('SIGINT', onSignal)
    try {
      const fed = await feedSamples({
        spec,
        kinds,
        folder,
        allowedFolders: (values['allow-path'] ?? []).map((allowed) => path.resolve(allowed)),
        targets,
        localBootstrap,
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

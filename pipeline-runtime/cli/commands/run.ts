import path from 'node:path'
import { kinds } from '../../nodes/catalog.ts'
import { operators } from '../../nodes/operators.ts'
import { defaultDataDir } from '../../runner/data-dir.ts'
import { runPipeline } from '../../runner/run.ts'
import { logLevel, oneFile, parseArguments } from '../arguments.ts'
import { readAndBind } from '../bind.ts'
import { type Command, ExitCode } from '../command.ts'
import { readyTargets } from '../local-target.ts'
import { createLogger } from '../logging.ts'
import { createProgressLine, summaryLines } from '../progress.ts'
import { createRowPrinter } from '../rows.ts'
import { readDuration, readStart, readStop } from '../run-range.ts'

export const runCommand: Command = {
  name: 'run',
  usage:
    'FILE|SPEC [--target T]... [--from T] [--to T] [--until-end] [--allow-path DIR]... [--json] [--data-dir DIR] [--commit-interval DURATION] [--log-level L] [--log-json]',
  summary: 'Runs a pipeline on sample data, files or Kafka.',
  details: `  --target sample | local | HOST:PORT | NAME   for all connections; NAME stands in connections.json beside the file, local is the
                                       Kafka of millrace kafka, which is started where it does not run
  --target CONNECTION=…                for one connection; may be repeated
  --from continue | earliest | latest | TIME | -DURATION      TIME is ISO-8601, a DURATION 90s, 15m, 1h, 7d
  --to TIME                            stop there
  --until-end                          read what is there now, finish all results, stop
  --allow-path DIR                     lets the document use files outside its own folder; may be repeated
  --json                               rows of every sink on stdout, one {"node", "row"} a line
  --data-dir DIR                       where the state of runs on Kafka is kept (default: MILLRACE_DATA_DIR or the user's data folder)
  --commit-interval DURATION           time between two saves of a run on Kafka (default 1s); as much is read again after a crash
  --log-level ${'trace|debug|info|warn|error|silent'}, --log-json
  Exit codes: 0 done, 1 invalid, 2 failed while running, 64 wrong usage, 130 interrupted (state is saved).`,
  async run(args, output) {
    const { values, positionals } = parseArguments(args, {
      target: { type: 'string', multiple: true },
      from: { type: 'string' },
      to: { type: 'string' },
      'until-end': { type: 'boolean' },
      'allow-path': { type: 'string', multiple: true },
      json: { type: 'boolean' },
      'data-dir': { type: 'string' },
      'commit-interval': { type: 'string' },
      'log-level': { type: 'string' },
      'log-json': { type: 'boolean' },
    })
    const file = oneFile(positionals, 'FILE')
    const log = createLogger(output, { level: logLevel(values['log-level']), json: values['log-json'] === true })
    const start = readStart(values.from)
    const stop = readStop(values.to, values['until-end'] === true)
    const commitIntervalMs = readDuration('--commit-interval', values['commit-interval'])

    const pipeline = readAndBind(file, values.target ?? [], output)
    if (pipeline === undefined) return ExitCode.INVALID
    const { spec, folder, bound } = pipeline
    if (bound.unbound)
      output.say(
        `On sample data: nothing binds ${[...bound.targets.keys()].join(', ')}. Use --target HOST:PORT for a real Kafka, --target local for one on this machine.`,
      )
    const dataDir = values['data-dir'] ?? defaultDataDir(process.env)
    const { targets } = await readyTargets(pipeline, dataDir, output)

    const rows = createRowPrinter(spec, output, { json: values.json === true })
    const progress = createProgressLine(output)
    const interrupt = new AbortController()
    const onSignal = () => {
      if (interrupt.signal.aborted) {
        output.say('Stopped at once: what was done since the last save is done again by the next run.')
        process.exit(ExitCode.INTERRUPTED)
      }
      output.say('Stopping: finishing the batch at hand and saving. Once more stops at once.')
      interrupt.abort()
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
    try {
      const result = await runPipeline({
        spec,
        kinds,
        operators,
        folder,
        allowedFolders: (values['allow-path'] ?? []).map((allowed) => path.resolve(allowed)),
        targets,
        dataDir,
        commitIntervalMs,
        start,
        stop,
        log,
        onSinkRows: rows.onRows,
        onProgress: progress.show,
        signal: interrupt.signal,
      })
      progress.clear()
      await rows.finish()
      for (const line of summaryLines(spec, result)) output.say(line)
      return result.outcome === 'stopped' ? ExitCode.INTERRUPTED : ExitCode.DONE
    } finally {
      progress.clear()
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    }
  },
}

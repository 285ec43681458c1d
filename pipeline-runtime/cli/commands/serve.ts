import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'
import { errorCode } from '../../data/error-code.ts'
import { defaultDataDir } from '../../runner/data-dir.ts'
import { isLoopback } from '../../server/http/own-hosts.ts'
import { builtPageFolder, hasPage } from '../../server/http/page-files.ts'
import { type Served, type ServeOptions, serveFolder } from '../../server/http/serve-folder.ts'
import { LOG_DETAILS, LOG_OPTIONS, logOptions, parseArguments, portNumber } from '../arguments.ts'
import { type Command, ExitCode, UsageError } from '../command.ts'
import { createLogger, type Logger, loggedOutput } from '../logging.ts'
import { METRICS_OPTIONS, metricsOptions, openServeOperations } from '../operations-options.ts'
import type { Output } from '../output.ts'
import { version } from '../version.ts'

const DEFAULT_PORT = 4870
const TRIES = 20

export const serveCommand: Command = {
  name: 'serve',
  usage:
    '[FOLDER] [--port N] [--host H] [--data-dir DIR] [--page-dir DIR] [--metrics-port N [--metrics-host H]] [--log-level L] [--log-format F]',
  summary: 'Shows the canvas in a browser, with the documents of FOLDER (default: the current one).',
  details: `  --port N          default: ${DEFAULT_PORT}, or the next free one; 0 takes any free one
  --host H          default: 127.0.0.1, this machine only. With another address everybody who can reach it and has the token can use it
  --data-dir DIR    where the state of runs on Kafka is kept (default: MILLRACE_DATA_DIR or the user's data folder)
  --page-dir DIR    another build of the page (default: MILLRACE_PAGE_DIR or the one of this program)
  --metrics-port N  Prometheus metrics of all runs, /healthz and /readyz at this port of 127.0.0.1; 0 takes any free one
  --metrics-host H  at another address of this machine
${LOG_DETAILS}
                    debug shows stacks of unexpected errors
  The printed address holds a token that is new with each start. Ctrl+C stops runs, saves their state and ends.
  Exit codes: 0 stopped, 1 FOLDER cannot be used, 2 failed (port in use), 64 wrong usage.`,
  async run(args, plain) {
    const { values, positionals } = parseArguments(args, {
      port: { type: 'string' },
      host: { type: 'string' },
      'data-dir': { type: 'string' },
      'page-dir': { type: 'string' },
      ...METRICS_OPTIONS,
      ...LOG_OPTIONS,
    })
    const [folder = '.', ...others] = positionals
    if (others.length > 0) throw new UsageError(`One FOLDER at a time; ${others.join(' ')} is too much.`)
    const port = portNumber('--port', values.port)
    const host = values.host ?? '127.0.0.1'
    if (host === '') throw new UsageError('--host needs an address, for example 127.0.0.1.')
    const metrics = metricsOptions(values)
    const logging = logOptions(values)
    const log = createLogger(plain, logging)
    const output = logging.json ? loggedOutput(plain, log) : plain
    const reason = whyNotServed(folder)
    if (reason !== undefined) {
      output.say(reason)
      return ExitCode.INVALID
    }
    const pageFolder = path.resolve(values['page-dir'] ?? (process.env.MILLRACE_PAGE_DIR || builtPageFolder()))
    if (!hasPage(pageFolder)) throw new Error(`The page is not built: ${pageFolder} has no index.html. In a checkout type: npm run build`)
    const interrupt = interrupted(output)
    const watched = metrics && (await openServeOperations(metrics, output))
    const served = await serveOnPort(port, {
      folder: path.resolve(folder),
      host,
      pageFolder,
      dataDir: path.resolve(values['data-dir'] ?? defaultDataDir(process.env)),
      version: await version(),
      environment: process.env,
      log: (error) => logUnexpected(log, error),
      watch: { operations: watched?.operations, runLog: log },
    })
    await sayWhere(output, served, path.resolve(folder), host)
    await interrupt
    await served.close()
    await watched?.close()
    output.say('Stopped.')
    return ExitCode.DONE
  },
}

function whyNotServed(folder: string): string | undefined {
  try {
    if (!statSync(folder).isDirectory())
      return `${folder} is a file. Name the folder with your documents: millrace serve ${path.dirname(folder)}`
    accessSync(folder, constants.R_OK | constants.X_OK)
    return undefined
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return `The folder ${folder} is not there. Make it first, or name another one.`
    if (code === 'EACCES') return `The folder ${folder} may not be read with your rights.`
    return `The folder ${folder} cannot be used (${code}).`
  }
}

/** A port that was asked for is that one or an error; the usual one may be another server's. */
async function serveOnPort(asked: number | undefined, options: Omit<ServeOptions, 'port'>): Promise<Served> {
  for (let port = asked ?? DEFAULT_PORT; ; port++) {
    try {
      return await serveFolder({ ...options, port })
    } catch (error) {
      const code = errorCode(error)
      if (code === 'EADDRINUSE' && asked === undefined && port < DEFAULT_PORT + TRIES) continue
      throw listenError(code, port, options.host) ?? error
    }
  }
}

function listenError(code: string, port: number, host: string): Error | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return new Error(
        `Port ${port} of ${host} is in use by another program. Try another one (--port ${port === 65_535 ? 4870 : port + 1}), or leave --port out: then a free one is taken.`,
      )
    case 'EACCES':
      return new Error(`Port ${port} of ${host} may not be opened with your rights. Ports below 1024 are the system's; try --port 4870.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Error(
        `${host} is not an address of this machine. Leave --host out for this machine only, or use 0.0.0.0 for all its addresses.`,
      )
    default:
      return undefined
  }
}

function logUnexpected(log: Logger, error: unknown): void {
  log.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
  if (error instanceof Error) log.debug(error.stack)
}

async function sayWhere(output: Output, { addresses }: Served, folder: string, host: string): Promise<void> {
  output.say(`Serving the documents of ${folder}. Open in a browser:`)
  for (const address of addresses) await output.result(`${address}\n`)
  if (!isLoopback(host))
    output.say(
      `Warning: ${host} is reachable from the network, without encryption. Everybody who has this address with its token can read and write the folder and run pipelines here.`,
    )
  output.say('Ctrl+C stops.')
}

/** Resolves with the first Ctrl+C (or kill); a second one ends at once. */
function interrupted(output: Output): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const onSignal = (): void => {
      if (asked) {
        output.say('Stopped at once: what runs did since their last save is done again by the next run.')
        process.exit(ExitCode.INTERRUPTED)
      }
      asked = true
      output.say('Stopping: runs finish the batch at hand and save. Once more stops at once.')
      resolve()
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type ImportedConnection, importClientProperties } from '../../connectors/kafka/client-properties.ts'
import { kafkaConnection, kafkaSecretFields, secretWords } from '../../connectors/kafka/connection.ts'
import { oneFile, parseArguments } from '../arguments.ts'
import { type Command, ExitCode, UsageError } from '../command.ts'
import { readText, writeText } from '../files.ts'

const NAME = /^[a-z][a-z0-9_-]{0,59}$/

export const importConnectionCommand: Command = {
  name: 'import-connection',
  usage: 'FILE.properties --name NAME [--bootstrap HOST:PORT] [--connections FILE] [--replace]',
  summary: "Takes over a Java client's settings as a connection in connections.json.",
  details: `  --name NAME             what documents call it
  --bootstrap HOST:PORT   where bootstrap.servers is not in the file
  --connections FILE      default: connections.json in this folder
  --replace               writes over a connection of this name
  No secret is written: passwords and keys become \${env:NAME}, and the variables to set are named. Their values are not printed.
  Key and trust stores in PEM and key stores in PKCS12 stay where they are and are named as \${file:PATH}; Java key stores (JKS) are
  refused with what to do.
  Exit codes: 0 written, 1 something cannot be taken over, 64 wrong usage.`,
  async run(args, output) {
    const { values, positionals } = parseArguments(args, {
      name: { type: 'string' },
      bootstrap: { type: 'string' },
      connections: { type: 'string' },
      replace: { type: 'boolean' },
    })
    const file = oneFile(positionals, 'FILE.properties')
    const { name } = values
    if (name === undefined || !NAME.test(name))
      throw new UsageError('--name is wanted: a lower-case word of letters, digits, "_" and "-", with a letter first.')
    const target = values.connections ?? 'connections.json'
    const before = readEntries(target)
    if (Object.hasOwn(before, name) && values.replace !== true)
      throw new UsageError(`${target} has a connection ${name} already; --replace writes over it.`)
    const text = readText(file)
    if (typeof text !== 'string') {
      output.say(text.message)
      return ExitCode.INVALID
    }
    const imported = importClientProperties(text)
    const { entry, variables } = entryOf(imported, name, path.dirname(path.resolve(file)), values.bootstrap)
    const parsed = kafkaConnection.config.safeParse(entry)
    const problems = [...imported.problems]
    if (entry.bootstrap === undefined) problems.push('bootstrap.servers is not in the file; give --bootstrap HOST:PORT.')
    else if (!parsed.success && problems.length === 0)
      problems.push(...parsed.error.issues.map(({ path: where, message }) => `${where.join('.')}: ${message}`))
    for (const problem of problems) output.say(`${file}: ${problem}`)
    if (!parsed.success || problems.length > 0) {
      output.say('Nothing was written.')
      return ExitCode.INVALID
    }
    writeText(target, `${JSON.stringify({ ...before, [name]: { kind: 'kafka', ...parsed.data } }, null, 2)}\n`)
    output.say(`Wrote the connection ${name} to ${target}.`)
    for (const { variable, what } of variables) output.say(`Set the environment variable ${variable} to the ${what} of ${file}.`)
    if (imported.ignored.length > 0) output.say(`Not about the connection, and left out: ${imported.ignored.join(', ')}.`)
    output.say(`Test it: millrace doctor ${name}${values.connections === undefined ? '' : ` --connections ${target}`}`)
    return ExitCode.DONE
  },
}

const SUFFIX = { key: 'KEY', keyPassphrase: 'KEY_PASSPHRASE', password: 'PASSWORD' } as const

function entryOf(imported: ImportedConnection, name: string, folder: string, bootstrap: string | undefined) {
  const variables: { variable: string; what: string }[] = []
  const entry: Record<string, unknown> = { ...imported.config, ...(bootstrap === undefined ? {} : { bootstrap }) }
  for (const [field, file] of Object.entries(imported.files)) entry[field] = `\${file:${path.resolve(folder, file)}}`
  for (const field of kafkaSecretFields) {
    if (imported.secrets[field] === undefined) continue
    const variable = `${name.toUpperCase().replaceAll('-', '_')}_${SUFFIX[field]}`
    entry[field] = `\${env:${variable}}`
    variables.push({ variable, what: secretWords[field] })
  }
  return { entry, variables }
}

function readEntries(file: string): Readonly<Record<string, unknown>> {
  if (!existsSync(file)) return {}
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new UsageError(`${file} does not hold connections, so nothing is written to it. Mend it by hand, or name another file.`)
  }
}

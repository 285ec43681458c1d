import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { kafkaConnection } from '../../connectors/kafka/connection.ts'
import { errorCode } from '../../data/error-code.ts'
import type { NamedConnection } from '../../rpc/shell-api.ts'
import { withVariables } from '../../runner/connections-file.ts'
import { Refusal } from '../refusal.ts'
import { refuseNewReferences } from './foreign-references.ts'
import { replaceFile } from './replace-file.ts'

const entries = z.record(z.string(), z.looseObject({ kind: z.string() }))
type Entries = z.output<typeof entries>

/**
 * Connections in a `connections.json`, as `millrace run` reads it: `{ "NAME": { "kind": "kafka", "bootstrap": "HOST:PORT" } }`. Entries of
 * other kinds and settings that only the command line knows are kept as they are.
 */
export interface ConnectionFile {
  list(): Promise<readonly NamedConnection[]>
  /** Adds or replaces by name; `renamed`: the name that it had. */
  save(connection: NamedConnection, renamed?: string): Promise<void>
  remove(name: string): Promise<void>
}

export function connectionFile(file: string, environment: Readonly<Record<string, string | undefined>>): ConnectionFile {
  // One change after the other: two at once would each write the file without the other's.
  let last: Promise<unknown> = Promise.resolve()
  const change = (edit: (entries: Entries) => Entries): Promise<void> => {
    const next = last.then(async () => {
      const changed = edit(await read(file))
      // Nothing may have been kept there before.
      await mkdir(path.dirname(file), { recursive: true })
      await replaceFile(file, Buffer.from(`${JSON.stringify(changed, null, 2)}\n`, 'utf8'))
    })
    last = next.catch(() => undefined)
    return next
  }
  return {
    async list() {
      return Object.entries(await read(file)).flatMap(([name, entry]) => asConnection(name, entry, environment) ?? [])
    },
    save: ({ name, kind, config }, renamed) =>
      change((before) => {
        const known = before[renamed ?? name]
        const kept = known === undefined ? undefined : asConnection(name, known, environment)?.config
        refuseNewReferences(kept, config)
        const { [renamed ?? '']: _gone, ...others } = before
        const rest = renamed === undefined ? before : others
        // What is as it was keeps the words of its author: variables in an address.
        return { ...rest, [name]: known !== undefined && JSON.stringify(kept) === JSON.stringify(config) ? known : { kind, ...config } }
      }),
    remove: (name) => change((before) => Object.fromEntries(Object.entries(before).filter(([other]) => other !== name))),
  }
}

/** Undefined for kinds that the screen does not know, and for settings that are no connection. */
function asConnection(
  name: string,
  { kind, ...config }: Entries[string],
  environment: Readonly<Record<string, string | undefined>>,
): NamedConnection | undefined {
  if (kind !== kafkaConnection.kind) return undefined
  const parsed = kafkaConnection.config.safeParse(withVariables(config, environment).config)
  return parsed.success ? { name, kind: 'kafka', config: parsed.data } : undefined
}

async function read(file: string): Promise<Entries> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return {}
    throw new Refusal('CONNECTIONS_UNREADABLE', `${file} cannot be read (${code}).`, { cause: error })
  }
  try {
    return entries.parse(JSON.parse(text))
  } catch (error) {
    throw new Refusal(
      'CONNECTIONS_INVALID',
      `${file} does not hold { "NAME": { "kind": "kafka", "bootstrap": "HOST:PORT" } }, one entry a connection. Mend it by hand, or move it away.`,
      { cause: error },
    )
  }
}

import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { IN_KEYCHAIN } from '../../connectors/connection-kind.ts'
import { type KafkaConfig, type KafkaSecretField, kafkaSecretFields, secretScope, secretWords } from '../../connectors/kafka/connection.ts'
import { errorCode } from '../../data/error-code.ts'
import { type TypedSecrets, typedSecrets } from '../../rpc/run-target.ts'
import type { NamedConnection } from '../../rpc/shell-api.ts'
import { Refusal } from '../refusal.ts'
import { replaceFile } from './replace-file.ts'

/** Locks texts with a key that the system keeps for this user. */
export interface Keychain {
  /** False where the system has none, or one that hides nothing. */
  isThere(): boolean
  seal(text: string): string
  /** Throws where the text was sealed on another computer or by another user. */
  open(sealed: string): string
}

/** What is sealed for a connection. The scope is in it, so that nobody can turn a secret to another address by editing a file. */
const bundle = z.strictObject({ scope: z.string(), secrets: typedSecrets })
type Bundle = z.output<typeof bundle>

const file = z.record(z.string(), z.string())

/** The secrets of connections, sealed, in a file of their own: one bundle a connection. */
export class KeptSecrets {
  private readonly file: string
  private readonly keychain: Keychain
  /** One change after the other. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(file: string, keychain: Keychain) {
    this.file = file
    this.keychain = keychain
  }

  get isThere(): boolean {
    return this.keychain.isThere()
  }

  /** For a run or a test of the connection. Throws Refusal. */
  async of(name: string, config: KafkaConfig): Promise<TypedSecrets> {
    const kept = this.unsealed(name, (await this.read())[name])
    if (kept === undefined) return {}
    if (kept.scope !== secretScope(config)) throw elsewhere(name)
    return kept.secrets
  }

  /**
   * Before the connection itself is saved: keeps what was typed and what goes on to be meant, forgets the rest. What comes back undoes it,
   * where the connection could not be saved.
   */
  async keep({ name, config }: NamedConnection, typed: TypedSecrets, renamed = name): Promise<() => Promise<void>> {
    const wanted = keptFields(config)
    if (wanted.length > 0 && !this.isThere)
      throw new Refusal(
        'NO_KEYCHAIN',
        'This computer has no keychain that Millrace can use, so no secret is kept. Name an environment variable instead.',
      )
    let earlier: Readonly<Record<string, string>> = {}
    await this.change((sealed) => {
      earlier = sealed
      const { [name]: own, [renamed]: before, ...others } = sealed
      if (wanted.length === 0) return others
      // What is all typed anew needs nothing of what the keychain may not open any more.
      const isAllTyped = wanted.every((field) => typed[field] !== undefined)
      const kept = isAllTyped ? undefined : this.unsealed(name, before ?? own)
      const secrets = Object.fromEntries(wanted.map((field) => [field, typed[field] ?? stillMeant(name, field, kept, config)]))
      return { ...others, [name]: this.keychain.seal(JSON.stringify({ scope: secretScope(config), secrets })) }
    })
    return () =>
      this.change(({ [name]: _own, [renamed]: _before, ...others }) => {
        for (const each of [name, renamed]) if (earlier[each] !== undefined) others[each] = earlier[each]
        return others
      })
  }

  async forget(name: string): Promise<void> {
    await this.change(({ [name]: _gone, ...others }) => others)
  }

  private change(edit: (sealed: z.output<typeof file>) => z.output<typeof file>): Promise<void> {
    const next = this.last.then(async () => {
      const before = await this.read()
      const after = edit(before)
      if (JSON.stringify(after) === JSON.stringify(before)) return
      await mkdir(path.dirname(this.file), { recursive: true })
      await replaceFile(this.file, Buffer.from(`${JSON.stringify(after, null, 2)}\n`, 'utf8'))
    })
    this.last = next.catch(() => undefined)
    return next
  }

  private unsealed(name: string, sealed: string | undefined): Bundle | undefined {
    if (sealed === undefined || !this.isThere) return undefined
    try {
      return bundle.parse(JSON.parse(this.keychain.open(sealed)))
    } catch {
      // The reason may hold what was unsealed, so it is not passed on.
      throw new Refusal(
        'SECRET_UNREADABLE',
        `The keychain does not open what is kept of the connection ${name}: it is another user's, or the keychain was made anew. Edit the connection and type its secrets again.`,
      )
    }
  }

  private async read(): Promise<z.output<typeof file>> {
    try {
      return file.parse(JSON.parse(await readFile(this.file, 'utf8')))
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return {}
      throw new Refusal('SECRETS_UNREADABLE', `${this.file} cannot be read. Move it away, and type the secrets of your connections again.`)
    }
  }
}

function keptFields(config: KafkaConfig): readonly KafkaSecretField[] {
  return kafkaSecretFields.filter((field) => config[field] === IN_KEYCHAIN)
}

function stillMeant(name: string, field: KafkaSecretField, kept: Bundle | undefined, config: KafkaConfig): string {
  const value = kept?.secrets[field]
  if (value === undefined) throw new Refusal('SECRET_MISSING', `Type the ${secretWords[field]} of the connection ${name}.`)
  if (kept?.scope !== secretScope(config)) throw elsewhere(name)
  return value
}

function elsewhere(name: string): Refusal {
  return new Refusal(
    'SECRET_ELSEWHERE',
    `The secrets of the connection ${name} were given for another address or another check of it. Type them again: so they cannot be sent to a place that they are not meant for.`,
  )
}

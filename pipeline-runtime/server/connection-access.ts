import { readFileSync } from 'node:fs'
import path from 'node:path'
import { secretReference } from '../connectors/connection-kind.ts'
import { type KafkaConfig, kafkaSecretFields } from '../connectors/kafka/connection.ts'
import { resolveSignIn } from '../connectors/kafka/sign-in.ts'
import { LogError } from '../connectors/log-port.ts'
import type { RunTarget, TypedSecrets } from '../rpc/run-target.ts'
import { type KafkaTarget, withSignIn } from '../runner/connections-file.ts'
import { connectionFile } from './shell/connection-file.ts'
import { isForeignReference } from './shell/foreign-references.ts'

/** Asks the keychain for what it has of a connection. Rejects where that was stored for another address. */
export type AskKeychain = (name: string, config: KafkaConfig) => Promise<TypedSecrets>

export interface ConnectionAccessOptions {
  /** The `connections.json` of the shell. */
  readonly file: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Absent where there is no keychain: `millrace serve`. */
  readonly keychain?: AskKeychain | undefined
}

type Resolved<T> = T extends { readonly type: 'kafka' } ? KafkaTarget : T

/**
 * Gives connections that the page names their secrets. The page never has them: it sends references, and these only lead to what is meant
 * for this connection.
 */
export class ConnectionAccess {
  private readonly options: ConnectionAccessOptions

  constructor(options: ConnectionAccessOptions) {
    this.options = options
  }

  /** `typed`: what the user has typed and not saved yet. Throws LogError SIGN_IN_INCOMPLETE. */
  async resolve<T extends RunTarget>(target: T, typed: TypedSecrets = {}): Promise<Resolved<T>> {
    // as: a conditional type is not narrowed by the check.
    return (target.type === 'kafka' ? await this.resolveKafka(target, typed) : target) as Resolved<T>
  }

  async resolveAll(targets: ReadonlyMap<string, RunTarget>): Promise<ReadonlyMap<string, Resolved<RunTarget>>> {
    const resolved = new Map<RunTarget, Resolved<RunTarget>>()
    for (const target of new Set(targets.values())) resolved.set(target, await this.resolve(target))
    return new Map([...targets].map(([connection, target]) => [connection, resolved.get(target) ?? this.nothing(connection)]))
  }

  private async resolveKafka({ name, config }: RunTarget & { type: 'kafka' }, typed: TypedSecrets): Promise<KafkaTarget> {
    await this.refuseForeignReferences(name, config)
    const { file, environment } = this.options
    const keychain = await this.askKeychain(name, config, typed)
    const readFile = (named: string) => readFileSync(path.resolve(path.dirname(file), named))
    const { signIn, problems } = resolveSignIn(config, { environment, readFile, keychain })
    if (problems.length > 0)
      throw new LogError('SIGN_IN_INCOMPLETE', `Connection ${name}: ${problems.map(({ message }) => message).join(' ')}`)
    return { type: 'kafka', name, config, ...withSignIn(signIn) }
  }

  private async askKeychain(name: string, config: KafkaConfig, typed: TypedSecrets): Promise<TypedSecrets | undefined> {
    const wanted = kafkaSecretFields.filter(
      (field) => secretReference(config[field] ?? '')?.type === 'keychain' && typed[field] === undefined,
    )
    const { keychain } = this.options
    if (wanted.length === 0 || keychain === undefined) return keychain === undefined && Object.keys(typed).length === 0 ? undefined : typed
    try {
      return { ...(await keychain(name, config)), ...typed }
    } catch (error) {
      throw new LogError('SIGN_IN_INCOMPLETE', error instanceof Error ? error.message : String(error), { cause: error })
    }
  }

  /** What only a person may write into the file by hand, a page may not ask for with another address. */
  private async refuseForeignReferences(name: string, config: KafkaConfig): Promise<void> {
    const foreign = Object.entries(config).filter(([, value]) => isForeignReference(value))
    if (foreign.length === 0) return
    const known = (await connectionFile(this.options.file, this.options.environment).list()).find((connection) => connection.name === name)
    if (known !== undefined && JSON.stringify(known.config) === JSON.stringify(config)) return
    throw new LogError(
      'SIGN_IN_INCOMPLETE',
      `Connection ${name}: ${foreign.map(([, value]) => String(value)).join(', ')} may only be used as connections.json has it. Save the connection first, or use a variable whose name begins with MILLRACE_.`,
    )
  }

  private nothing(connection: string): never {
    throw new Error(`The connection ${connection} has no target.`)
  }
}

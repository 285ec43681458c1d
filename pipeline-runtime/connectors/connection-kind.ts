import type { z } from 'zod'

/** What is known about a kind of connection, pure: its form and which fields are secret. One file `connectors/NAME/connection.ts` each. */
export interface ConnectionKind<Name extends string = string, Config extends z.ZodType = z.ZodType> {
  readonly kind: Name
  readonly title: string
  readonly description: string
  /**
   * A `z.strictObject`; each field has `.meta({ title, description })`, and may have `widget` (secret, pem, switch, choice), `neededFor`
   * (the field that has to be set for this one to mean anything) and `placeholder`.
   */
  readonly config: Config
  /** Fields that hold a reference (`secretReference`) in place of the secret itself. */
  readonly secretFields: readonly string[]
  /** Reads the short form of `--target`: `HOST:PORT`; undefined where the text is not one. */
  parseTarget?(text: string): z.output<Config> | undefined
}

export function defineConnectionKind<Name extends string, Config extends z.ZodType>(
  kind: ConnectionKind<Name, Config>,
): ConnectionKind<Name, Config> {
  return kind
}

/** Where a secret is: in the environment, in the keychain of this computer (desktop app), or in a file of its own. */
export type SecretReference =
  | { readonly type: 'environment'; readonly variable: string }
  | { readonly type: 'keychain' }
  | { readonly type: 'file'; readonly path: string }

/** What a field holds in place of a secret that the keychain has. */
export const IN_KEYCHAIN = '${keychain}'

/** `${env:NAME}`, `${keychain}` or `${file:PATH}`; undefined for any other text. */
export function secretReference(text: string): SecretReference | undefined {
  if (text === IN_KEYCHAIN) return { type: 'keychain' }
  const variable = /^\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1]
  if (variable !== undefined) return { type: 'environment', variable }
  const file = /^\$\{file:([^}\0\r\n]+)\}$/.exec(text)?.[1]
  return file === undefined ? undefined : { type: 'file', path: file }
}

/** One step of a connection test: host name, line, encryption, sign-in, brokers, topics. */
export interface ConnectionStep {
  readonly name: string
  /** `warned`: it works, and something about it may come to matter. */
  readonly state: 'running' | 'passed' | 'warned' | 'failed'
  /** What was found; of a step that failed, what is wrong. */
  readonly message: string
  /** What to try. */
  readonly advice?: string
  readonly elapsedMs?: number
}

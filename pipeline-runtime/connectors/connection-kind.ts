import type { z } from 'zod'

/** What is known about a kind of connection, pure: its form and which fields are secret. One file `connectors/NAME/connection.ts` each. */
export interface ConnectionKind<Name extends string = string, Config extends z.ZodType = z.ZodType> {
  readonly kind: Name
  readonly title: string
  readonly description: string
  /** A `z.strictObject`; each field has `.meta({ title, description })`. */
  readonly config: Config
  /** Fields that may only be `${env:NAME}` or come from the keychain. */
  readonly secretFields: readonly string[]
  /** Reads the short form of `--target`: `HOST:PORT`; undefined where the text is not one. */
  parseTarget?(text: string): z.output<Config> | undefined
}

export function defineConnectionKind<Name extends string, Config extends z.ZodType>(
  kind: ConnectionKind<Name, Config>,
): ConnectionKind<Name, Config> {
  return kind
}

import { IN_KEYCHAIN, secretReference } from '../../pipeline-runtime/connectors/connection-kind.ts'
import type { ImportedConnection } from '../../pipeline-runtime/connectors/kafka/client-properties.ts'
import {
  type KafkaConfig,
  type KafkaSecretField,
  kafkaConnection,
  kafkaSecretFields,
  secretWords,
} from '../../pipeline-runtime/connectors/kafka/connection.ts'
import type { TypedSecrets } from '../../pipeline-runtime/rpc/run-target.ts'
import { type NamedConnection, namedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { bareSchema, literalValues, metaOf, shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'
import { freeName } from '../state/free-name.ts'

/** A connection while it is edited: what is not finished yet stands in it, too. */
export interface ConnectionDraft {
  readonly name: string
  readonly config: Readonly<Record<string, string | boolean | undefined>>
  /** Secrets that were typed since it was opened. */
  readonly typed: TypedSecrets
}

/** One setting of a connection as the dialog shows it; everything in it comes from the definition of the kind. */
export interface ConnectionField {
  readonly name: keyof KafkaConfig
  readonly title: string
  readonly description: string
  readonly term: string | undefined
  readonly widget: 'text' | 'switch' | 'choice' | 'pem' | 'secret' | 'secret-file'
  readonly choices: readonly string[]
  readonly placeholder: string | undefined
  readonly neededFor: string | undefined
  /** What holds where it is left out. */
  readonly usually: boolean
}

const WIDGETS = ['switch', 'choice', 'pem', 'secret', 'secret-file'] as const

export const connectionFields: readonly ConnectionField[] = Object.entries(shapeOf(kafkaConnection.config) ?? {}).map(([name, schema]) => {
  const { title, description, term, widget, placeholder, neededFor, usually } = metaOf(schema)
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  return {
    name: name as keyof KafkaConfig, // as: the keys of its own shape
    title: text(title) ?? name,
    description: text(description) ?? '',
    term: text(term),
    widget: WIDGETS.find((known) => known === widget) ?? 'text',
    choices: literalValues(bareSchema(schema)).map(String),
    placeholder: text(placeholder),
    neededFor: text(neededFor),
    usually: usually === true,
  }
})

export function draftOf(known: NamedConnection | undefined, taken: readonly string[]): ConnectionDraft {
  return { name: known?.name ?? freeName('kafka', taken, ''), config: { ...known?.config }, typed: {} }
}

/** Settings that mean something as the others are. */
export function shownFields({ config }: ConnectionDraft): readonly ConnectionField[] {
  const isShown = ({ neededFor }: ConnectionField): boolean => {
    if (neededFor === undefined) return true
    const other = connectionFields.find(({ name }) => name === neededFor)
    return isSet(config[neededFor]) && other !== undefined && isShown(other)
  }
  return connectionFields.filter(isShown)
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && value !== ''
}

export interface ReadDraft {
  /** Undefined where something is missing or wrong. */
  readonly connection: NamedConnection | undefined
  /** By field, and `name`. */
  readonly errors: ReadonlyMap<string, string>
}

/** Settings that are hidden do not count, so that turning TLS off and on again loses nothing that was typed. */
export function readDraft(draft: ConnectionDraft, isTaken: (name: string) => boolean): ReadDraft {
  const shown = shownFields(draft)
  const config = Object.fromEntries(
    shown.flatMap(({ name, widget, usually }) => {
      const value = typeof draft.config[name] === 'string' ? draft.config[name].trim() : draft.config[name]
      return !isSet(value) && !(widget === 'switch' && usually && value === false) ? [] : [[name, value]]
    }),
  )
  const name = draft.name.trim()
  const parsed = namedConnection.safeParse({ name, kind: 'kafka', config })
  const errors = new Map(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [String(path.at(-1)), message]))
  if (isTaken(name)) errors.set('name', `There is a connection "${name}" already.`)
  return { connection: parsed.success && errors.size === 0 ? parsed.data : undefined, errors }
}

/** Only those that go to the keychain: what was typed before a variable was named instead is forgotten. */
export function typedSecretsOf({ typed }: ConnectionDraft, { config }: NamedConnection): TypedSecrets {
  return Object.fromEntries(Object.entries(typed).filter(([field]) => Reflect.get(config, field) === IN_KEYCHAIN))
}

export function withSetting(draft: ConnectionDraft, name: string, value: string | boolean | undefined): ConnectionDraft {
  return { ...draft, config: { ...draft.config, [name]: value } }
}

export function withTypedSecret(draft: ConnectionDraft, field: KafkaSecretField, secret: string): ConnectionDraft {
  const { [field]: _before, ...others } = draft.typed
  const typed = secret === '' ? others : { ...others, [field]: secret }
  return { ...withSetting(draft, field, secret === '' ? undefined : IN_KEYCHAIN), typed }
}

export function withoutSecret(draft: ConnectionDraft, field: KafkaSecretField): ConnectionDraft {
  return withTypedSecret(draft, field, '')
}

/** The variable that a field names: `${env:MILLRACE_SHOP_PASSWORD}`. */
export function withVariable(draft: ConnectionDraft, field: KafkaSecretField, variable: string): ConnectionDraft {
  const { [field]: _typed, ...typed } = draft.typed
  return { ...withSetting(draft, field, variable === '' ? undefined : `\${env:${variable}}`), typed }
}

/** A variable's name for a secret, in the words of the connection. */
export function usualVariable(connection: string, field: KafkaSecretField): string {
  const words = { key: 'KEY', keyPassphrase: 'KEY_PASSPHRASE', password: 'PASSWORD' }
  return `MILLRACE_${connection.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_') || 'KAFKA'}_${words[field]}`
}

/** Where a secret is: kept since before, just typed, in a variable, in a file, or nowhere. */
export function secretPlace(
  { config, typed }: ConnectionDraft,
  field: KafkaSecretField,
): 'stored' | 'typed' | 'variable' | 'file' | 'none' {
  if (typed[field] !== undefined) return 'typed'
  const value = config[field]
  if (typeof value !== 'string' || value === '') return 'none'
  const reference = secretReference(value)
  if (reference?.type === 'keychain') return 'stored'
  return reference?.type === 'file' ? 'file' : 'variable'
}

export interface DraftImport {
  readonly draft: ConnectionDraft
  /** What is left to do by hand. */
  readonly remains: readonly string[]
}

/** Takes over a Java client's settings; secrets only where they can be kept. */
export function withImported(draft: ConnectionDraft, imported: ImportedConnection, hasKeychain: boolean): DraftImport {
  let next: ConnectionDraft = { name: draft.name, config: { bootstrap: draft.config.bootstrap, ...imported.config }, typed: {} }
  const remains = [...imported.problems]
  for (const field of kafkaSecretFields) {
    const secret = imported.secrets[field]
    if (secret === undefined) continue
    if (hasKeychain) next = withTypedSecret(next, field, secret)
    else {
      const variable = usualVariable(draft.name, field)
      next = withVariable(next, field, variable)
      remains.push(`Put the ${secretWords[field]} of the file into the environment variable ${variable}, and start Millrace anew.`)
    }
  }
  for (const [field, file] of Object.entries(imported.files)) {
    const title = connectionFields.find(({ name }) => name === field)?.title ?? field
    remains.push(`${title}: choose the file ${file}.`)
  }
  return { draft: next, remains }
}

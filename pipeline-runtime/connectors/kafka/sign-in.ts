import { X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import { errorCode } from '../../data/error-code.ts'
import { secretReference } from '../connection-kind.ts'
import type { KafkaConfig, KafkaSecretField, SaslMechanism } from './connection.ts'
import { keyFileKind, PKCS12, REFUSED_CERTIFICATE_FILE, REFUSED_KEY_FILE } from './key-file.ts'
import { Secret } from './secret.ts'
import { systemAuthorities } from './system-authorities.ts'

/** How to reach a cluster, secrets in hand. It never leaves the process that connects. */
export interface KafkaSignIn {
  readonly tls?: { readonly context: tls.SecureContext; readonly checkServerName: boolean; readonly ownCertificate: boolean }
  readonly sasl?: { readonly mechanism: SaslMechanism; readonly username: string; readonly password: Secret }
}

export interface SignInSources {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** A file that the connection names; throws what the file system throws. */
  readFile(path: string): Buffer
  /** What the keychain has of this connection; absent where there is no keychain. */
  readonly keychain?: Readonly<Partial<Record<KafkaSecretField, string | undefined>>> | undefined
}

export interface SignInProblem {
  readonly code: 'MISSING_VARIABLE' | 'NOT_IN_KEYCHAIN' | 'FILE_UNREADABLE' | 'CERTIFICATE_UNUSABLE' | 'KEY_UNUSABLE'
  readonly field: keyof KafkaConfig
  readonly message: string
}

export interface ResolvedSignIn {
  readonly signIn: KafkaSignIn
  readonly problems: readonly SignInProblem[]
}

/** Finds the secrets that a connection refers to, and reads its certificates. All problems at once. */
export function resolveSignIn(config: KafkaConfig, sources: SignInSources): ResolvedSignIn {
  const problems: SignInProblem[] = []
  const read = (field: KafkaSecretField | 'ca' | 'certificate'): string | undefined => {
    const text = config[field]
    if (text === undefined) return undefined
    const found = lookUp(field, text, sources)
    if (typeof found === 'string') return found
    problems.push(found)
    return undefined
  }
  const [ca, certificate, key, keyPassphrase] = [read('ca'), read('certificate'), read('key'), read('keyPassphrase')]
  const password = read('password')
  if (problems.length > 0) return { signIn: {}, problems }
  const { sasl, username } = config
  const signIn: { -readonly [K in keyof KafkaSignIn]: KafkaSignIn[K] } = {}
  if (sasl !== undefined && username !== undefined && password !== undefined)
    signIn.sasl = { mechanism: sasl, username, password: new Secret(password) }
  if (config.tls === true) {
    const context = secureContext({ ca, certificate, key, keyPassphrase })
    if ('code' in context) return { signIn: {}, problems: [context] }
    signIn.tls = { context: context.context, checkServerName: config.checkServerName !== false, ownCertificate: key !== undefined }
  }
  return { signIn, problems }
}

/** Options for `tls.connect` and for kafkajs. */
export function tlsOptions({ context, checkServerName }: NonNullable<KafkaSignIn['tls']>): tls.ConnectionOptions {
  return { secureContext: context, ...(checkServerName ? {} : { checkServerIdentity: () => undefined }) }
}

function lookUp(field: SignInProblem['field'], text: string, { environment, readFile, keychain }: SignInSources): string | SignInProblem {
  const reference = secretReference(text)
  switch (reference?.type) {
    case undefined:
      return text
    case 'environment': {
      const value = environment[reference.variable]
      if (value !== undefined && value !== '') return field === 'key' ? withLineBreaks(value) : value
      const message = `${nameOf(field)} is to come from the environment variable ${reference.variable}, which is not set. Set it where Millrace is started.`
      return { code: 'MISSING_VARIABLE', field, message }
    }
    case 'keychain': {
      const value = keychain?.[field as KafkaSecretField] // as: only these fields may refer to it
      if (value !== undefined) return value
      const message =
        keychain === undefined
          ? `${nameOf(field)} is in the keychain of the desktop app, which only that app can ask. The command line and millrace serve take secrets from the environment only: write \${env:NAME} in place of \${keychain}.`
          : `${nameOf(field)} is not in the keychain of this computer. Edit the connection and type it again.`
      return { code: 'NOT_IN_KEYCHAIN', field, message }
    }
    case 'file':
      return readKeyFile(field, reference.path, readFile)
  }
}

function readKeyFile(field: SignInProblem['field'], path: string, readFile: SignInSources['readFile']): string | SignInProblem {
  let bytes: Buffer
  try {
    bytes = readFile(path)
  } catch (error) {
    const message = `${nameOf(field)}: the file ${path} cannot be read (${errorCode(error)}). Paths are relative to the folder of connections.json.`
    return { code: 'FILE_UNREADABLE', field, message }
  }
  const kind = keyFileKind(bytes)
  if (kind === 'pem') return bytes.toString('utf8')
  if (kind === 'pkcs12' && field === 'key') return PKCS12 + bytes.toString('base64')
  const refused = kind === 'pkcs12' ? REFUSED_CERTIFICATE_FILE.pkcs12 : REFUSED_KEY_FILE[kind]
  return { code: 'CERTIFICATE_UNUSABLE', field, message: `${nameOf(field)}: ${path} ${refused}` }
}

/** Variables cannot always hold line breaks; a key with `\n` in their place is read as well. */
function withLineBreaks(key: string): string {
  return key.includes('\n') ? key : key.replaceAll('\\n', '\n')
}

interface KeyMaterial {
  readonly ca: string | undefined
  readonly certificate: string | undefined
  readonly key: string | undefined
  readonly keyPassphrase: string | undefined
}

function secureContext({ ca, certificate, key, keyPassphrase }: KeyMaterial): { context: tls.SecureContext } | SignInProblem {
  for (const [field, text] of [
    ['ca', ca],
    ['certificate', certificate],
  ] as const) {
    const problem = text === undefined ? undefined : certificateProblem(text)
    if (problem !== undefined) return { code: 'CERTIFICATE_UNUSABLE', field, message: `${nameOf(field)} ${problem}` }
  }
  const passphrase = keyPassphrase === undefined ? {} : { passphrase: keyPassphrase }
  const own =
    key === undefined ? {} : key.startsWith(PKCS12) ? { pfx: Buffer.from(key.slice(PKCS12.length), 'base64') } : { cert: certificate, key }
  if ('key' in own && certificate === undefined)
    return { code: 'CERTIFICATE_UNUSABLE', field: 'certificate', message: 'The private key needs the certificate that belongs to it.' }
  try {
    return { context: tls.createSecureContext({ ca: ca ?? [...systemAuthorities()], ...own, ...passphrase }) }
  } catch (error) {
    return keyProblem(error instanceof Error ? error.message : String(error), keyPassphrase !== undefined)
  }
}

function certificateProblem(text: string): string | undefined {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g)
  if (blocks === null) return 'holds no whole certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.'
  try {
    for (const block of blocks) new X509Certificate(block)
    return undefined
  } catch {
    return 'cannot be read: the text between BEGIN and END is not that of a certificate. Was it copied whole?'
  }
}

function keyProblem(reason: string, hasPassphrase: boolean): SignInProblem {
  const words = reason.toLowerCase().replaceAll('_', ' ')
  if (/bad decrypt|mac verify failure|incorrect password|invalid password|empty password|pkcs12 parse/.test(words) && hasPassphrase)
    return { code: 'KEY_UNUSABLE', field: 'keyPassphrase', message: 'The passphrase does not open the private key.' }
  if (/password|passphrase|bad decrypt|mac verify failure|interrupted/.test(words))
    return { code: 'KEY_UNUSABLE', field: 'keyPassphrase', message: 'The private key is locked. Give its passphrase.' }
  if (words.includes('key values mismatch'))
    return { code: 'KEY_UNUSABLE', field: 'key', message: 'The private key does not belong to the certificate.' }
  if (words.includes('unsupported'))
    return {
      code: 'KEY_UNUSABLE',
      field: 'key',
      message:
        'The PKCS12 file is locked in an old way. Make it anew: openssl pkcs12 -legacy -in OLD.p12 -nodes | openssl pkcs12 -export -out NEW.p12',
    }
  return { code: 'KEY_UNUSABLE', field: 'key', message: `The private key cannot be used (${reason}).` }
}

const NAMES: Readonly<Partial<Record<keyof KafkaConfig, string>>> = {
  ca: 'The certificate authority',
  certificate: 'The certificate',
  key: 'The private key',
  keyPassphrase: 'The passphrase of the key',
  password: 'The password',
}

function nameOf(field: SignInProblem['field']): string {
  return NAMES[field] ?? field
}

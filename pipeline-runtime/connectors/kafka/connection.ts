import { z } from 'zod'
import { defineConnectionKind, secretReference } from '../connection-kind.ts'

const HOST_PORT = /^[A-Za-z0-9._-]+:(\d{1,5})$/
const LONGEST_PEM = 256 << 10

export const saslMechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const
export type SaslMechanism = (typeof saslMechanisms)[number]

export const kafkaSecretFields = ['key', 'keyPassphrase', 'password'] as const
export type KafkaSecretField = (typeof kafkaSecretFields)[number]

/** Within a sentence. */
export const secretWords: Readonly<Record<KafkaSecretField, string>> = {
  key: 'private key',
  keyPassphrase: 'passphrase of the key',
  password: 'password',
}

const bootstrapField = z
  .string()
  .refine(isBootstrap, { error: 'Write HOST:PORT, or several of them with commas between, for example localhost:9092.' })
  .meta({
    title: 'Host and port',
    term: 'bootstrap servers',
    description: 'HOST:PORT of one or more brokers, with commas between. The others are learned from them.',
    placeholder: 'localhost:9092',
  })

/** A certificate is no secret: its text, or where its file is. */
const certificateText = z
  .string()
  .max(LONGEST_PEM, 'This is too long for certificates.')
  .refine((text) => text.includes('-----BEGIN CERTIFICATE-----') || isFile(text), {
    error: 'Text of a PEM file is wanted, with -----BEGIN CERTIFICATE-----, or ${file:PATH}.',
  })

const passwordReference = z.string().refine((text) => isKept(text), {
  error: 'A secret does not stand here. Write ${env:NAME}, and give it in the environment variable NAME.',
})

const keyReference = z.string().refine((text) => isKept(text) || isFile(text), {
  error: 'A private key does not stand here. Write ${file:PATH}, or ${env:NAME} and give it in the environment variable NAME.',
})

const fields = z.strictObject({
  bootstrap: bootstrapField,
  tls: z.boolean().optional().meta({
    title: 'Encrypted (TLS)',
    term: 'TLS, SSL',
    description: 'The brokers are asked for a certificate, and nobody on the way can read along.',
    widget: 'switch',
  }),
  ca: certificateText.optional().meta({
    title: 'Certificate authority',
    term: 'CA, trust store',
    description: 'Who vouches for the brokers. Without one, those that this computer trusts.',
    widget: 'pem',
    neededFor: 'tls',
  }),
  certificate: certificateText.optional().meta({
    title: 'Own certificate',
    term: 'client certificate, key store',
    description: 'Only where the brokers ask who is calling by a certificate.',
    widget: 'pem',
    neededFor: 'tls',
  }),
  key: keyReference.optional().meta({
    title: 'Private key of the certificate',
    term: 'client key',
    description: 'PEM, or a PKCS12 file that holds the certificate as well.',
    widget: 'secret-file',
    neededFor: 'tls',
  }),
  keyPassphrase: passwordReference.optional().meta({
    title: 'Passphrase of the key',
    description: 'Only where the key is locked.',
    widget: 'secret',
    neededFor: 'key',
  }),
  checkServerName: z.boolean().optional().meta({
    title: 'Check the name of the broker',
    term: 'endpoint identification',
    description:
      'The certificate has to be for the host that is called. Off only where it was made for another name, and never over the internet.',
    widget: 'switch',
    neededFor: 'tls',
    usually: true,
  }),
  sasl: z.enum(saslMechanisms).optional().meta({
    title: 'Sign-in',
    term: 'SASL mechanism',
    description: 'How the cluster wants a user name and a password.',
    widget: 'choice',
  }),
  username: z.string().min(1, 'A user name is needed.').optional().meta({
    title: 'User name',
    description: 'Of the cluster, not of this computer.',
    neededFor: 'sasl',
  }),
  password: passwordReference.optional().meta({
    title: 'Password',
    description: 'Kept apart from the connection, and never in a document.',
    widget: 'secret',
    neededFor: 'sasl',
  }),
})

export const kafkaConnection = defineConnectionKind({
  kind: 'kafka',
  title: 'Kafka',
  description: 'A Kafka cluster: where it is, whether the line is encrypted, and how to sign in.',
  config: fields.superRefine((config, context) => {
    const missing = (path: keyof KafkaConfig, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (config.sasl !== undefined && config.username === undefined) missing('username', 'A sign-in needs a user name.')
    if (config.sasl !== undefined && config.password === undefined) missing('password', 'A sign-in needs a password.')
    if (config.certificate !== undefined && config.key === undefined) missing('key', 'A certificate needs its private key.')
    if (config.keyPassphrase !== undefined && config.key === undefined) missing('key', 'A passphrase needs a key that it opens.')
    for (const field of ['ca', 'certificate', 'key', 'keyPassphrase', 'checkServerName'] as const)
      if (config.tls !== true && config[field] !== undefined)
        missing(field, 'This means nothing without TLS. Set "tls": true, or take it away.')
    for (const field of ['username', 'password'] as const)
      if (config.sasl === undefined && config[field] !== undefined)
        missing(field, 'This means nothing without a sign-in. Set "sasl", or take it away.')
  }),
  secretFields: kafkaSecretFields,
  parseTarget: (text) => (isBootstrap(text) ? { bootstrap: text } : undefined),
})

/** A connection as it is kept and as the page knows it: secrets are references. */
export type KafkaConfig = z.output<typeof fields>

/** Java's name for what a connection does: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. */
export function protocolOf({ tls, sasl }: Pick<KafkaConfig, 'tls' | 'sasl'>): string {
  return `${sasl === undefined ? '' : 'SASL_'}${tls === true ? 'SSL' : 'PLAINTEXT'}`
}

/**
 * What a secret was given for: it goes to no other address, and to none that is checked less. Where this changes, it has to be given
 * again.
 */
export function secretScope({ bootstrap, tls, ca, checkServerName }: KafkaConfig): string {
  return JSON.stringify([bootstrap, tls === true, ca ?? null, checkServerName !== false])
}

export function serversOf(bootstrap: string): readonly string[] {
  return bootstrap.split(',').map((server) => server.trim())
}

function isKept(text: string): boolean {
  const type = secretReference(text)?.type
  return type === 'environment' || type === 'keychain'
}

function isFile(text: string): boolean {
  return secretReference(text)?.type === 'file'
}

/** `HOST:PORT[,HOST:PORT]` with ports from 1 to 65535. */
function isBootstrap(text: string): boolean {
  return serversOf(text).every((server) => {
    const port = HOST_PORT.exec(server)?.[1]
    return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535
  })
}

import { createRequire } from 'node:module'
import kafkajs, { type Admin, type KafkaConfig, type logCreator, type logLevel, type SASLOptions } from 'kafkajs' // Node finds no names in this CommonJS module
import { LogError } from '../log-port.ts'
import { lineTrouble } from './line-trouble.ts'
import { type KafkaSignIn, tlsOptions } from './sign-in.ts'

/**
 * What we use of kafkajs beside its admin client: connections, sign-in, metadata and the encoders of group requests. These files are
 * private to it; the version is pinned and has been frozen since 2023 (see the decision pages). Its consumer and producer loops are not used.
 */
export interface KafkajsCluster {
  connect(): Promise<void>
  disconnect(): Promise<void>
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>
  refreshMetadata(): Promise<void>
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number; readonly leader: number }[]
  findBroker(node: { nodeId: number }): Promise<KafkajsBroker>
  findGroupCoordinator(group: { groupId: string }): Promise<KafkajsBroker>
}

export interface KafkajsBroker {
  readonly connectionPool: { send(request: WireRequest<unknown>): Promise<unknown> }
  joinGroup(request: {
    groupId: string
    sessionTimeout: number
    rebalanceTimeout: number
    memberId: string
    groupProtocols: readonly { name: string; metadata: Buffer }[]
  }): Promise<JoinedGroup>
  syncGroup(request: {
    groupId: string
    generationId: number
    memberId: string
    groupAssignment: readonly { memberId: string; memberAssignment: Buffer }[]
  }): Promise<{ memberAssignment: Buffer }>
  heartbeat(request: { groupId: string; groupGenerationId: number; memberId: string }): Promise<unknown>
  leaveGroup(request: { groupId: string; memberId: string }): Promise<unknown>
  offsetCommit(request: {
    groupId: string
    groupGenerationId: number
    memberId: string
    topics: readonly { topic: string; partitions: readonly { partition: number; offset: string }[] }[]
  }): Promise<unknown>
}

export interface JoinedGroup {
  readonly generationId: number
  readonly leaderId: string
  readonly memberId: string
  /** Only the leader is told. */
  readonly members: readonly { readonly memberId: string }[]
}

/** A request of our own through a connection of kafkajs. `decode` gets the answer's body. */
export interface WireRequest<T> {
  readonly request: {
    readonly apiKey: number
    readonly apiVersion: number
    readonly apiName: string
    /** kafkajs looks at `buf` to know an encoder and at `buffer` for the bytes. */
    encode(): Promise<{ readonly buf: Buffer; readonly buffer: Buffer }>
  }
  readonly response: { decode(body: Buffer): Promise<T>; parse(decoded: T): Promise<T> }
  readonly logResponseError: false
}

export async function send<T>(broker: KafkajsBroker, request: WireRequest<T>): Promise<T> {
  return (await broker.connectionPool.send(request)) as T // as: it answers what request.response.parse answered
}

const require = createRequire(import.meta.url)
// as: kafkajs has no types for its inner files; these are their shapes in 2.2.4.
const Cluster = require('kafkajs/src/cluster/index.js') as new (options: Record<string, unknown>) => KafkajsCluster
const { createLogger } = require('kafkajs/src/loggers/index.js') as {
  createLogger(options: { level: logLevel; logCreator: logCreator }): unknown
}
const createSocketFactory = require('kafkajs/src/network/socketFactory.js') as () => unknown
const RequestQueue = require('kafkajs/src/network/requestQueue/index.js') as {
  prototype: { scheduleCheckPendingRequests(this: { pending: unknown[] }): void }
}

// kafkajs starts a 1 ms timer after each answer and keeps it going on idle connections (its time to wait is negative unless the broker
// throttles). Requests can only be waiting where some are pending, and then the original is called.
const scheduleCheck = RequestQueue.prototype.scheduleCheckPendingRequests
RequestQueue.prototype.scheduleCheckPendingRequests = function () {
  if (this.pending.length > 0) scheduleCheck.call(this)
}

export interface ClientOptions {
  readonly brokers: readonly string[]
  readonly clientId: string
  /** Absent: a cluster without TLS and without sign-in. */
  readonly signIn?: KafkaSignIn | undefined
  readonly log: (line: string) => void
  readonly onOutage?: OnOutage | undefined
}

/** Told why the brokers do not answer, as long as they do not, and then `undefined`. `what` is who waits: "reading", "writing". */
export type OnOutage = (what: string, reason: string | undefined) => void

const CONNECTION_TIMEOUT_MS = 3_000
// kafkajs would retry for half a minute without a word; our own loops retry, with a line in the log.
const RETRY = { retries: 1, initialRetryTime: 100, maxRetryTime: 500 }

export function createCluster({ brokers, clientId, signIn, log }: ClientOptions): KafkajsCluster {
  return new Cluster({
    logger: createLogger({ level: kafkajs.logLevel.WARN, logCreator: quietLog(log) }),
    socketFactory: createSocketFactory(),
    brokers,
    clientId,
    ...security(signIn),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    authenticationTimeout: 10_000,
    reauthenticationThreshold: 10_000,
    requestTimeout: 30_000,
    enforceRequestTimeout: true,
    metadataMaxAge: 30_000,
    allowAutoTopicCreation: false,
    retry: RETRY,
  })
}

export function createAdmin({ brokers, clientId, signIn, log }: ClientOptions): Admin {
  const kafka = new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ...security(signIn),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    retry: RETRY,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: quietLog(log),
  })
  return kafka.admin()
}

/** As kafkajs takes it. An object of its own for each client: kafkajs writes into it. */
function security({ tls, sasl }: KafkaSignIn = {}): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  return {
    ...(tls === undefined ? {} : { ssl: tlsOptions(tls) }),
    ...(sasl === undefined ? {} : { sasl: saslOptions(sasl) }),
  }
}

function saslOptions({ mechanism, username, password }: NonNullable<KafkaSignIn['sasl']>): SASLOptions {
  const account = { username, password: password.reveal() }
  switch (mechanism) {
    case 'PLAIN':
      return { mechanism: 'plain', ...account }
    case 'SCRAM-SHA-256':
      return { mechanism: 'scram-sha-256', ...account }
    case 'SCRAM-SHA-512':
      return { mechanism: 'scram-sha-512', ...account }
  }
}

/** Asks the admin client, which may be another one after the broker was away. Throws LogError. */
export type AskAdmin = <T>(question: (admin: Admin) => Promise<T>) => Promise<T>

const REPEAT_MS = 5_000

/**
 * kafkajs writes JSON with stacks to the console, several times per failed connection. We pass on one line per text and 5 s, and none
 * about an answer with an error code or a failed first connection: these are thrown as well, and some are usual (a coordinator that is
 * still loading).
 */
function quietLog(log: (line: string) => void): logCreator {
  const last = new Map<string, number>()
  return () =>
    ({ log: { message, error } }) => {
      const line = typeof error === 'string' ? `${message}: ${error}` : message
      const now = Date.now()
      if (/^(Response |Failed to connect to seed broker)/.test(message) || now - (last.get(line) ?? 0) < REPEAT_MS) return
      if (last.size > 200) last.clear()
      last.set(line, now)
      log(`kafkajs: ${line}`)
    }
}

/** What kafkajs throws, read with care: it wraps errors in errors. */
export function kafkaErrorOf(error: unknown): { type: string | undefined; text: string; connection: boolean } {
  let type: string | undefined
  let connection = false
  let text = ''
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if (text === '') text = current.message
    if ('type' in current && typeof current.type === 'string') type ??= current.type
    if (
      /Connection|RequestTimeout|BrokerNotFound|LockTimeout|NoBrokerAvailable/.test(current.name) ||
      /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND/.test(current.message)
    )
      connection = true
  }
  return { type, text: text === '' ? String(error) : text, connection }
}

export function unreachable(brokers: readonly string[], error: unknown): LogError {
  const refused = refusedSignIn(brokers, error)
  if (refused !== undefined) return refused
  return new LogError(
    'KAFKA_UNREACHABLE',
    `No Kafka broker answers at ${brokers.join(', ')}: ${inWords(kafkaErrorOf(error).text)}. Is it running, and are host and port right?`,
    { cause: error },
  )
}

/** Somebody is there, and it is the sign-in or the encryption that fails: no waiting helps. */
export function refusedSignIn(brokers: readonly string[], error: unknown): LogError | undefined {
  const { text } = kafkaErrorOf(error)
  const trouble =
    lineTrouble(text) ??
    (isSignInError(error) ? { problem: text.replace(/\.$/, ''), advice: 'Check user name, password and kind of sign-in.' } : undefined)
  if (trouble === undefined) return undefined
  const message = `The sign-in at ${brokers.join(', ')} fails: ${trouble.problem}. ${trouble.advice} \`millrace doctor\` and the test of the connection go step by step.`
  return new LogError('KAFKA_SIGN_IN', message, { cause: error })
}

function isSignInError(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++)
    if (current.name === 'KafkaJSSASLAuthenticationError') return true
  return false
}

/** The usual reasons; of others what kafkajs says. */
export function inWords(reason: string): string {
  const trouble = lineTrouble(reason)
  if (trouble !== undefined) return trouble.problem
  if (reason.includes('ECONNREFUSED')) return 'nothing listens there'
  if (/ENOTFOUND|EAI_AGAIN/.test(reason)) return 'no computer of this name is known here'
  if (/ETIMEDOUT|timed? ?out/i.test(reason)) return 'it does not answer in time; a firewall may be in the way, or a VPN has to be on'
  if (/ECONNRESET|EPIPE|closed connection/i.test(reason)) return 'the connection was cut off'
  return reason.replace(/\.$/, '')
}

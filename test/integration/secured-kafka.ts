import { execFileSync } from 'node:child_process'
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import kafkajs, { type Admin } from 'kafkajs' // Playwright finds no names in this CommonJS module
import { WireSocket } from '../../pipeline-runtime/connectors/kafka/doctor/wire-socket.ts'
import { type WireReader, WireWriter, wireRequest } from '../../pipeline-runtime/connectors/kafka/wire-protocol.ts'
import { freePorts } from '../../pipeline-runtime/local-kafka/free-ports.ts'
import { startLocalKafka } from '../../pipeline-runtime/local-kafka/local-kafka.ts'

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } = kafkajs

/** Listeners of the broker; the certificates of all but two are for localhost and 127.0.0.1. */
const LISTENERS = {
  PLAINTEXT: 'PLAINTEXT',
  TLS: 'SSL',
  /** Asks for a certificate of the client. */
  MUTUAL: 'SSL',
  SASL: 'SASL_PLAINTEXT',
  SASLTLS: 'SASL_SSL',
  /** Its certificate has expired. */
  EXPIRED: 'SSL',
  /** Its certificate is for kafka.example. */
  OTHERNAME: 'SSL',
  /** Sends clients on to a port where nothing listens. */
  ASTRAY: 'PLAINTEXT',
} as const
export type ListenerName = keyof typeof LISTENERS

/** What alice's password is; no file and no output of Millrace may hold it. */
export const PASSWORD = 'correct-horse-5817-battery'
export const PASSPHRASE = 'staple-4402-key'

export interface SecuredKafka {
  /** HOST:PORT of a listener. */
  at(listener: ListenerName): string
  /** A file of the certificates: `ca.pem`, `other-ca.pem`, `carol.pem`, `carol.key`, `carol-locked.key`, `carol.p12`, `stranger.pem`. */
  file(name: string): string
  close(): Promise<void>
}

/**
 * A real broker that has one listener for each way to sign in, with an authorizer. alice (PLAIN and SCRAM) and CN=carol may read and write
 * the topic `open-topic` under groups that begin with `millrace-`; nobody may use `closed-topic`.
 */
export async function startSecuredKafka(): Promise<SecuredKafka> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-secured-kafka-'))
  const file = (name: string) => path.join(folder, 'tls', name)
  makeCertificates(path.join(folder, 'tls'))
  const names = Object.keys(LISTENERS) as ListenerName[] // as: the keys of a constant
  const ports = await freePorts(names.length + 2)
  const portOf = (name: ListenerName) => ports[names.indexOf(name)] ?? 0
  const [controller, nobody] = ports.slice(-2)
  const astray = `127.0.0.1:${nobody}`
  const keystore = (name: string) => ({ 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': file(name) })
  const prefixed = (prefix: string, properties: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(properties).map(([key, value]) => [`listener.name.${prefix}.${key}`, value]))
  const jaas = (module: string, more = '') => `org.apache.kafka.common.security.${module} required${more};`
  const accounts = {
    'plain.sasl.jaas.config': jaas('plain.PlainLoginModule', ` user_alice="${PASSWORD}" user_bob="bob-secret"`),
    'scram-sha-256.sasl.jaas.config': jaas('scram.ScramLoginModule'),
    'scram-sha-512.sasl.jaas.config': jaas('scram.ScramLoginModule'),
  }
  const properties = {
    listeners: [...names.map((name) => `${name}://127.0.0.1:${portOf(name)}`), `CONTROLLER://127.0.0.1:${controller}`].join(','),
    'advertised.listeners': names.map((name) => `${name}://${name === 'ASTRAY' ? astray : `127.0.0.1:${portOf(name)}`}`).join(','),
    'listener.security.protocol.map': [...names.map((name) => `${name}:${LISTENERS[name]}`), 'CONTROLLER:PLAINTEXT'].join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    ...keystore('server-store.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': file('ca.pem'),
    ...prefixed('mutual', { 'ssl.client.auth': 'required' }),
    ...prefixed('expired', keystore('expired-store.pem')),
    ...prefixed('othername', keystore('othername-store.pem')),
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    ...prefixed('sasl', accounts),
    ...prefixed('sasltls', accounts),
  }
  const dataDir = path.join(folder, 'kafka')
  const broker = await startLocalKafka({ dataDir, heapMb: 256, port: portOf('PLAINTEXT'), log: () => {}, properties })
  const kafka = new Kafka({ clientId: 'test-admin', brokers: [broker.bootstrap], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  const topics = ['open-topic', 'closed-topic'].map((topic) => ({ topic, numPartitions: 2, replicationFactor: 1 }))
  await admin.createTopics({ topics, waitForLeaders: true })
  await addScramUser({ host: '127.0.0.1', port: portOf('PLAINTEXT') }, 'alice', PASSWORD)
  await grant(admin)
  return {
    at: (listener) => `127.0.0.1:${portOf(listener)}`,
    file,
    async close() {
      await admin.disconnect()
      await broker.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function grant(admin: Admin): Promise<void> {
  const rights = (principal: string) => [
    ...[AclOperationTypes.READ, AclOperationTypes.WRITE].map((operation) => ({
      principal,
      operation,
      resourceType: AclResourceTypes.TOPIC,
      resourceName: 'open-topic',
      resourcePatternType: ResourcePatternTypes.LITERAL,
    })),
    {
      principal,
      operation: AclOperationTypes.READ,
      resourceType: AclResourceTypes.GROUP,
      resourceName: 'millrace-',
      resourcePatternType: ResourcePatternTypes.PREFIXED,
    },
  ]
  const acl = ['User:alice', 'User:CN=carol']
    .flatMap(rights)
    .map((right) => ({ ...right, host: '*', permissionType: AclPermissionTypes.ALLOW }))
  await admin.createAcls({ acl })
}

/** kafkajs cannot; AlterUserScramCredentials, version 0, which has compact lists and tags. */
async function addScramUser(place: { host: string; port: number }, user: string, password: string): Promise<void> {
  const compact = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length + 1]), bytes])
  const entry = (mechanism: 1 | 2) => {
    const salt = randomBytes(16)
    const [hash, length] = mechanism === 1 ? (['sha256', 32] as const) : (['sha512', 64] as const)
    const salted = pbkdf2Sync(password, salt, 4096, length, hash)
    return Buffer.concat([
      compact(Buffer.from(user)),
      new WireWriter().int8(mechanism).int32(4096).body(),
      compact(salt),
      compact(salted),
      Buffer.from([0]),
    ])
  }
  const socket = await WireSocket.connect(place, 10_000)
  // One at a time: a request may change a user once.
  for (const mechanism of [1, 2] as const) {
    const body = Buffer.concat([Buffer.from([0, 1, 2]), entry(mechanism), Buffer.from([0])])
    const answer = await socket.send(
      wireRequest(
        51,
        0,
        'AlterUserScramCredentials',
        () => body,
        (input: WireReader) => {
          input.skip(1 + 4 + 1) // tags, throttle time, number of results
          input.skip(1 + user.length)
          return input.int16()
        },
      ),
    )
    if (answer !== 0) throw new Error(`The broker did not take the SCRAM user: code ${answer}`)
  }
  socket.close()
}

function makeCertificates(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  for (const ca of ['ca', 'other-ca'])
    openssl('req', '-x509', ...newKey, '-days', '365', '-subj', `/CN=Test authority ${ca}`, '-keyout', `${ca}.key`, '-out', `${ca}.pem`)
  const make = (name: string, common: string, extension: string, { days = 365, ca = 'ca' } = {}) => {
    openssl('req', ...newKey, '-subj', `/CN=${common}`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
    writeFileSync(path.join(folder, `${name}.ext`), extension)
    const by = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-extfile', `${name}.ext`]
    openssl('x509', '-req', '-days', String(days), '-in', `${name}.csr`, ...by, '-out', `${name}.pem`)
    writeFileSync(path.join(folder, `${name}-store.pem`), `${read(folder, `${name}.key`)}${read(folder, `${name}.pem`)}`)
  }
  const here = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
  make('server', 'broker one', here)
  make('expired', 'broker one', here, { days: -1 })
  make('othername', 'kafka.example', 'subjectAltName=DNS:kafka.example')
  make('carol', 'carol', 'extendedKeyUsage=clientAuth')
  make('stranger', 'stranger', 'extendedKeyUsage=clientAuth', { ca: 'other-ca' })
  openssl('pkcs8', '-topk8', '-in', 'carol.key', '-out', 'carol-locked.key', '-passout', `pass:${PASSPHRASE}`)
  openssl('pkcs12', '-export', '-in', 'carol.pem', '-inkey', 'carol.key', '-passout', `pass:${PASSPHRASE}`, '-out', 'carol.p12')
}

function read(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), 'utf8')
}

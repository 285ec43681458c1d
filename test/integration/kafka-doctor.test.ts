import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionStep } from '../../pipeline-runtime/connectors/connection-kind.ts'
import { type KafkaConfig, kafkaConnection } from '../../pipeline-runtime/connectors/kafka/connection.ts'
import { examine } from '../../pipeline-runtime/connectors/kafka/doctor/examine.ts'
import { createKafkaPort } from '../../pipeline-runtime/connectors/kafka/kafka-log-port.ts'
import { resolveSignIn } from '../../pipeline-runtime/connectors/kafka/sign-in.ts'
import { millrace } from '../e2e/command-line.ts'
import { type ListenerName, PASSPHRASE, PASSWORD, type SecuredKafka, startSecuredKafka } from './secured-kafka.ts'

let kafka: SecuredKafka
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-doctor-'))
  kafka = await startSecuredKafka()
})
afterAll(async () => {
  await kafka?.close()
  rmSync(folder, { recursive: true, force: true })
})

const environment = { PASSWORD, WRONG: 'not-the-password', PASSPHRASE, BOB: 'bob-secret' }

function connectionTo(listener: ListenerName, more: Partial<KafkaConfig>, host = '127.0.0.1') {
  const bootstrap = kafka.at(listener).replace('127.0.0.1', host)
  const config = kafkaConnection.config.parse({ bootstrap, ...more })
  const { signIn, problems } = resolveSignIn(config, { environment, readFile: (name) => readFileSync(kafka.file(name)) })
  expect(problems).toEqual([])
  return { bootstrap, signIn }
}

interface Asked {
  readonly topic?: string
  readonly group?: string
  readonly host?: string
}

async function stepsOf(
  listener: ListenerName,
  more: Partial<KafkaConfig> = {},
  { host, ...asked }: Asked = {},
): Promise<readonly ConnectionStep[]> {
  let last: readonly ConnectionStep[] = []
  for await (const steps of examine({ ...connectionTo(listener, more, host), ...asked })) {
    // Live: one step is running, or all so far are done.
    expect(steps.slice(0, -1).every(({ state }) => state !== 'running')).toBe(true)
    last = steps
  }
  return last
}

const short = (steps: readonly ConnectionStep[]) => steps.map(({ name, state }) => [name.replace(/ 127.*/, ''), state])
const tls = { tls: true, ca: '${file:ca.pem}' } as const
const alice = (sasl: KafkaConfig['sasl'], password = '${env:PASSWORD}') => ({ sasl, username: 'alice', password }) as const
const carol = { certificate: '${file:carol.pem}', key: '${file:carol.key}' } as const

describe('what works passes every step', () => {
  const all = ['Find the host', 'Connect', 'Encrypt the line', 'Sign in', 'Ask Kafka', 'Broker', 'Topic open-topic', 'Group millrace-x']
  const asked = { topic: 'open-topic', group: 'millrace-x' }
  const cases: readonly (readonly [string, ListenerName, Partial<KafkaConfig>, readonly string[]])[] = [
    ['without sign-in', 'PLAINTEXT', {}, ['Encrypt the line', 'Sign in']],
    ['TLS', 'TLS', tls, ['Sign in']],
    ['mutual TLS', 'MUTUAL', { ...tls, ...carol }, ['Sign in']],
    [
      'a key that is locked',
      'MUTUAL',
      { ...tls, ...carol, key: '${file:carol-locked.key}', keyPassphrase: '${env:PASSPHRASE}' },
      ['Sign in'],
    ],
    ['a PKCS12 file', 'MUTUAL', { ...tls, key: '${file:carol.p12}', keyPassphrase: '${env:PASSPHRASE}' }, ['Sign in']],
    ['SCRAM-SHA-256', 'SASL', alice('SCRAM-SHA-256'), ['Encrypt the line']],
    ['SCRAM-SHA-512', 'SASL', alice('SCRAM-SHA-512'), ['Encrypt the line']],
    ['PLAIN over TLS', 'SASLTLS', { ...tls, ...alice('PLAIN') }, []],
    ['SCRAM-SHA-256 over TLS', 'SASLTLS', { ...tls, ...alice('SCRAM-SHA-256') }, []],
    ['SCRAM-SHA-512 over TLS', 'SASLTLS', { ...tls, ...alice('SCRAM-SHA-512') }, []],
  ]
  test.each(cases)('%s', async (_, listener, more, without) => {
    const steps = await stepsOf(listener, more, asked)
    expect(short(steps), JSON.stringify(steps)).toEqual(all.filter((name) => !without.includes(name)).map((name) => [name, 'passed']))
    // kafkajs signs in with the same settings.
    const port = createKafkaPort({ ...connectionTo(listener, more), log: () => {} })
    expect((await port.topics()).map(({ name }) => name)).toContain('open-topic')
    await port.close()
  })

  test('PLAIN without TLS passes with a word of warning', async () => {
    const steps = await stepsOf('SASL', alice('PLAIN'))
    expect(steps.find(({ name }) => name === 'Sign in')).toMatchObject({ state: 'warned', advice: expect.stringContaining('Without TLS') })
  })

  test('so does a certificate for another name that is not checked', async () => {
    const steps = await stepsOf('OTHERNAME', { ...tls, checkServerName: false })
    expect(steps.find(({ name }) => name === 'Encrypt the line')).toMatchObject({ state: 'warned' })
    expect(steps.at(-1)).toMatchObject({ state: 'passed' })
  })
})

describe('what does not work is named, with what to try', () => {
  const cases: readonly (readonly [string, ListenerName, Partial<KafkaConfig>, string, RegExp, RegExp])[] = [
    ['no CA', 'TLS', { tls: true }, 'Encrypt the line', /authority that is not trusted/, /certificate of the authority/],
    [
      'a wrong CA',
      'TLS',
      { tls: true, ca: '${file:other-ca.pem}' },
      'Encrypt the line',
      /authority that is not trusted/,
      /certificate of the authority/,
    ],
    ['a wrong host name', 'OTHERNAME', tls, 'Encrypt the line', /another host name.*kafka\.example/, /name that stands in its certificate/],
    ['an expired certificate', 'EXPIRED', tls, 'Encrypt the line', /has expired/, /new one/],
    ['no client certificate', 'MUTUAL', tls, 'Encrypt the line', /wants to see a certificate/, /own certificate and private key/],
    [
      'a client certificate of strangers',
      'MUTUAL',
      { ...tls, certificate: '${file:stranger.pem}', key: '${file:stranger.key}' },
      'Encrypt the line',
      /does not accept the certificate of this connection/,
      /authority that the broker trusts/,
    ],
    ['TLS to a plain port', 'PLAINTEXT', tls, 'Encrypt the line', /speaks Kafka without TLS/, /Turn TLS off/],
    ['plain text to a TLS port', 'TLS', {}, 'Ask Kafka', /speaks TLS/, /Turn TLS on/],
    ['a sign-in in plain text at a TLS port', 'SASLTLS', alice('PLAIN'), 'Sign in', /speaks TLS/, /Turn TLS on/],
    ['no sign-in where one is wanted', 'SASL', {}, 'Ask Kafka', /wants a sign-in/, /It offers .*SCRAM-SHA-256.*choose one/],
    ['the same over TLS', 'SASLTLS', tls, 'Ask Kafka', /wants a sign-in/, /SCRAM-SHA-512/],
    ['a sign-in where none is wanted', 'PLAINTEXT', alice('PLAIN'), 'Sign in', /without sign-in/, /no sign-in/],
    [
      'a wrong password, PLAIN',
      'SASLTLS',
      { ...tls, ...alice('PLAIN', '${env:WRONG}') },
      'Sign in',
      /does not let alice in.*Invalid username or password/,
      /Check user name/,
    ],
    [
      'a wrong password, SCRAM-SHA-256',
      'SASL',
      alice('SCRAM-SHA-256', '${env:WRONG}'),
      'Sign in',
      /does not let alice in/,
      /Check user name/,
    ],
    [
      'a wrong password, SCRAM-SHA-512',
      'SASLTLS',
      { ...tls, ...alice('SCRAM-SHA-512', '${env:WRONG}') },
      'Sign in',
      /does not let alice in/,
      /Check user name/,
    ],
    [
      'a user without SCRAM credentials',
      'SASL',
      { ...alice('SCRAM-SHA-512', '${env:BOB}'), username: 'bob' },
      'Sign in',
      /does not let bob in/,
      /may sign in this way/,
    ],
    ['advertised listeners that lead astray', 'ASTRAY', {}, 'Broker', /Nothing listens at 127/, /advertised\.listeners/],
  ]
  test.each(cases)('%s', async (_, listener, more, step, problem, advice) => {
    const steps = await stepsOf(listener, more)
    const failed = steps.filter(({ state }) => state === 'failed')
    expect(short(failed), JSON.stringify(steps)).toEqual([[step, 'failed']])
    expect(failed[0]?.message).toMatch(problem)
    expect(failed[0]?.advice).toMatch(advice)
    expect(JSON.stringify(steps)).not.toContain(PASSWORD)
  })

  test('rights that are missing on a topic or group, and a topic that is not there', async () => {
    const bob = { ...tls, sasl: 'PLAIN', username: 'bob', password: '${env:BOB}' } as const
    const of = (steps: readonly ConnectionStep[]) => steps.slice(-2).map(({ state, message }) => `${state}: ${message}`)
    expect(of(await stepsOf('SASLTLS', bob, { topic: 'open-topic', group: 'millrace-x' }))).toEqual([
      expect.stringMatching(/^failed: This sign-in has no right to it/),
      expect.stringMatching(/^failed: This sign-in may not read under this name/),
    ])
    const signedIn = { ...tls, ...alice('SCRAM-SHA-512') }
    expect(of(await stepsOf('SASLTLS', signedIn, { topic: 'closed-topic', group: 'other' }))).toEqual([
      expect.stringMatching(/^failed: This sign-in has no right to it/),
      expect.stringMatching(/^failed: This sign-in may not read under this name/),
    ])
    expect(of(await stepsOf('PLAINTEXT', {}, { topic: 'no-such-topic', group: 'other' }))).toEqual([
      'failed: It is not there.',
      expect.stringMatching(/^passed/),
    ])
  })

  test('kafkajs loses reasons; what a run says keeps them', async () => {
    const say = async (listener: ListenerName, more: Partial<KafkaConfig>) => {
      const lines: string[] = []
      const port = createKafkaPort({ ...connectionTo(listener, more), log: (line) => lines.push(line) })
      const error: unknown = await port.topics().catch((failure: unknown) => failure)
      await port.close()
      expect(JSON.stringify([lines, error, String(error)])).not.toContain(PASSWORD)
      return error
    }
    const fails = (words: string) => ({ code: 'KAFKA_SIGN_IN', message: expect.stringContaining(words) })
    expect(await say('SASLTLS', { ...tls, ...alice('PLAIN', '${env:WRONG}') })).toMatchObject(fails('Invalid username or password'))
    expect(await say('SASLTLS', { ...tls, ...alice('SCRAM-SHA-256', '${env:WRONG}') })).toMatchObject(fails('SCRAM-SHA-256'))
    expect(await say('TLS', { tls: true })).toMatchObject(fails('authority that is not trusted'))
    expect(await say('OTHERNAME', tls)).toMatchObject(fails('another host name'))
    expect(await say('EXPIRED', tls)).toMatchObject(fails('expired'))
    const port = createKafkaPort({ ...connectionTo('SASLTLS', { ...tls, ...alice('PLAIN') }), log: () => {} })
    const reading = {
      topics: ['open-topic'],
      positions: [],
      start: { type: 'earliest' },
      stop: { type: 'end' },
      bufferBytes: 1 << 20,
    } as const
    await expect(port.read({ ...reading, group: 'other' })).rejects.toMatchObject({
      code: 'NOT_AUTHORISED',
      message: expect.stringContaining('group "other"'),
    })
    await expect(port.read({ ...reading, topics: ['closed-topic'] })).rejects.toMatchObject({ code: 'NOT_AUTHORISED' })
    await port.close()
  })
})

describe('the command line', () => {
  const inFolder = (name: string) => path.join(folder, name)
  const everySaid: string[] = []
  const say = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const finished = await millrace(args, { cwd: folder, env })
    everySaid.push(finished.stdout, finished.stderr)
    return finished
  }

  test("a Java client's settings become a connection, without the secrets", async () => {
    writeFileSync(
      inFolder('client.properties'),
      `bootstrap.servers=${kafka.at('SASLTLS')}
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="alice" password="${PASSWORD}";
ssl.truststore.location=${kafka.file('ca.pem')}
`,
    )
    const imported = await say(['import-connection', 'client.properties', '--name', 'shop'])
    expect(imported, imported.stderr).toMatchObject({ code: 0, stderr: expect.stringContaining('SHOP_PASSWORD') })
    rmSync(inFolder('client.properties'))
    expect(JSON.parse(readFileSync(inFolder('connections.json'), 'utf8'))).toEqual({
      shop: {
        kind: 'kafka',
        bootstrap: kafka.at('SASLTLS'),
        tls: true,
        sasl: 'SCRAM-SHA-512',
        username: 'alice',
        ca: `\${file:${kafka.file('ca.pem')}}`,
        password: '${env:SHOP_PASSWORD}',
      },
    })
    writeFileSync(inFolder('jks.properties'), 'bootstrap.servers=a:1\nsecurity.protocol=SSL\nssl.keystore.location=x.jks\n')
    expect(await say(['import-connection', 'jks.properties', '--name', 'x'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('keytool -importkeystore'),
    })
  })

  test('millrace doctor by name and by address, as text and as JSON', async () => {
    const good = await say(['doctor', 'shop', '--topic', 'open-topic', '--group', 'millrace-x'], { SHOP_PASSWORD: PASSWORD })
    expect(good, good.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('Signed in as alice with SCRAM-SHA-512') })
    const bad = await say(['doctor', 'shop', '--json'], { SHOP_PASSWORD: 'wrong' })
    expect(bad.code).toBe(2)
    expect(JSON.parse(bad.stdout)).toMatchObject({ passed: false, steps: [{}, {}, {}, { name: 'Sign in', state: 'failed' }] })
    expect(await say(['doctor', 'shop'])).toMatchObject({ code: 1, stderr: expect.stringContaining('SHOP_PASSWORD') })
    expect(await say(['doctor', kafka.at('TLS')])).toMatchObject({ code: 2, stdout: expect.stringContaining('Turn TLS on') })
    expect(await say(['doctor', 'nowhere'])).toMatchObject({ code: 64, stderr: expect.stringContaining('has shop') })
  })

  test('a pipeline reads and writes over SASL_SSL', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => `{"n":${n}}\n`)
    writeFileSync(inFolder('rows.jsonl'), rows.join(''))
    const columns = [{ name: 'n', type: 'BIGINT' }]
    const topic = { connection: 'shop', topic: 'open-topic' }
    const document = (name: string, nodes: readonly object[], kinds: object, edge: object) =>
      writeFileSync(inFolder(`${name}.millrace.json`), JSON.stringify({ format: 1, kinds, name: `SASL ${name}`, nodes, edges: [edge] }))
    document(
      'write',
      [
        { id: 'rows', kind: 'file-source', config: { path: 'rows.jsonl', columns } },
        { id: 'out', kind: 'kafka-sink', config: topic },
      ],
      { 'file-source': 1, 'kafka-sink': 1 },
      { from: 'rows.out', to: 'out.in' },
    )
    document(
      'read',
      [
        { id: 'in', kind: 'kafka-source', config: { ...topic, columns } },
        { id: 'back', kind: 'file-sink', config: { path: 'back.jsonl' } },
      ],
      { 'kafka-source': 1, 'file-sink': 1 },
      { from: 'in.out', to: 'back.in' },
    )
    const trace = ['--target', 'shop', '--data-dir', inFolder('data'), '--log-level', 'trace']
    const env = { SHOP_PASSWORD: PASSWORD }
    for (const args of [
      ['run', 'write.millrace.json', ...trace],
      ['run', 'read.millrace.json', '--until-end', ...trace],
    ]) {
      const finished = await say(args, env)
      expect(finished, finished.stderr).toMatchObject({ code: 0 })
    }
    const back = readFileSync(inFolder('back.jsonl'), 'utf8').trim().split('\n')
    expect(back.map((line) => JSON.parse(line).n).sort((a, b) => a - b)).toEqual(rows.map((_, n) => n))
    const wrong = await say(['run', 'read.millrace.json', '--until-end', ...trace], { SHOP_PASSWORD: 'not-the-password' })
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('sign-in') })
  })

  test('no output and no file holds a secret', () => {
    expect(everySaid.length).toBeGreaterThan(15)
    expect(everySaid.join('')).not.toContain(PASSWORD)
    expect(everySaid.join('')).not.toContain('not-the-password')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(5)
    for (const { parentPath, name } of files) expect(readFileSync(path.join(parentPath, name)).includes(PASSWORD), name).toBe(false)
  })
})

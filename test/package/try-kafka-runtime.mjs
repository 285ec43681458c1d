// npm run test:kafka-runtime: a broker on the Java runtime of the package does all that brokers are asked for: TLS, sign-in by PLAIN and
// SCRAM, the four codecs, a transaction, JMX. Not part of the gate: making the runtime takes its time. Another folder: `-- --dir DIR`.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import zlib from 'node:zlib'
import kafkajs from 'kafkajs'
import { BootstrapError, root, run, runScript, say, seconds } from '../../build/bootstrap.mjs'

const PASSWORD = 'only-for-this-test'
const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512']
/** With their numbers in a batch of records. */
const CODECS = { gzip: 1, snappy: 2, lz4: 3, zstd: 4 }
const RECORDS = 500
/** In the head of a batch, from its first byte. */
const ATTRIBUTES_AT = 21
const CODEC_BITS = 7

const load = (file) => import(pathToFileURL(path.join(root, 'dist/pipeline-runtime', file)).href)

await runScript(async () => {
  const { dir } = parseArgs({ options: { dir: { type: 'string' } } }).values
  const folder = path.resolve(dir ?? path.join(root, '.cache/kafka-runtime'))
  if (dir === undefined) {
    const code = await run(process.execPath, [path.join(root, 'build/package/kafka-runtime.mjs'), '--out', folder], { stdio: 'inherit' })
    if (code !== 0) return code
  }
  process.env.MILLRACE_KAFKA_DIR = folder
  const work = mkdtempSync(path.join(os.tmpdir(), 'millrace-kafka-runtime-'))
  try {
    await tryAll(work, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  say('The Java runtime of the package does all of it.')
})

async function tryAll(work, folder) {
  const { freePorts } = await load('local-kafka/free-ports.js')
  const { startLocalKafka } = await load('local-kafka/local-kafka.js')
  const [plain, tls, sasl, jmx] = await freePorts(4)
  const certificate = makeCertificate(work)
  const dataDir = path.join(work, 'kafka')
  await formatWithUsers(dataDir, folder)
  const listeners = `PLAINTEXT://127.0.0.1:${plain},SSL://127.0.0.1:${tls},SASL_SSL://127.0.0.1:${sasl}`
  const started = Date.now()
  process.env.JAVA_TOOL_OPTIONS = [
    `-Dcom.sun.management.jmxremote.port=${jmx} -Dcom.sun.management.jmxremote.rmi.port=${jmx}`,
    '-Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.ssl=false',
    '-Dcom.sun.management.jmxremote.host=127.0.0.1 -Djava.rmi.server.hostname=127.0.0.1',
  ].join(' ')
  const controller = await controllerPort(freePorts)
  const broker = await startLocalKafka({
    dataDir,
    port: plain,
    log: () => {},
    properties: {
      listeners: `${listeners},CONTROLLER://127.0.0.1:${controller}`,
      'advertised.listeners': listeners,
      'controller.quorum.voters': `1@127.0.0.1:${controller}`,
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.key': certificate.key,
      'ssl.keystore.certificate.chain': certificate.cert,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': certificate.cert,
      // Whoever comes by TLS shows a certificate, too.
      'listener.name.ssl.ssl.client.auth': 'required',
      'sasl.enabled.mechanisms': MECHANISMS.map((name) => name.toUpperCase()).join(','),
      'listener.name.sasl_ssl.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_ann="${PASSWORD}";`,
      'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    },
  })
  say(`Started in ${seconds(started)}.`)
  try {
    const ssl = { ca: [certificate.cert] }
    await check('TLS with a certificate of the client', () =>
      listTopics({ brokers: [`127.0.0.1:${tls}`], ssl: { ...ssl, cert: certificate.cert, key: certificate.key } }),
    )
    for (const mechanism of MECHANISMS) {
      const signIn = (password) => listTopics({ brokers: [`127.0.0.1:${sasl}`], ssl, sasl: { mechanism, username: 'ann', password } })
      await check(`TLS, sign-in by ${mechanism}`, () => signIn(PASSWORD))
      await check(`a wrong password for ${mechanism} is refused`, () => refused(signIn('wrong')))
    }
    for (const codec of Object.keys(CODECS))
      await check(`records packed with ${codec} by the broker`, () => packed(broker.bootstrap, codec, dataDir))
    await check('a transaction', () => transaction(broker.bootstrap))
    await check('JMX', () => askByJmx(work, jmx))
  } finally {
    await broker.stop()
  }
}

async function check(what, work) {
  try {
    await work()
  } catch (error) {
    throw new BootstrapError(`${what}: ${error.message}`)
  }
  say(`  ${what}`)
}

/** The port of the controller is part of `listeners`, which is overridden as a whole. */
async function controllerPort(freePorts) {
  const [port] = await freePorts(1)
  return port
}

/** A certificate that is its own authority, and its key as PKCS8. */
function makeCertificate(work) {
  const file = (name) => path.join(work, name)
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const files = ['-keyout', file('key.pem'), '-out', file('cert.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files], { stdio: 'ignore' })
  const read = (name) => readFileSync(file(name), 'utf8')
  return { key: read('key.pem'), cert: read('cert.pem') }
}

/** SCRAM users stand in Kafka's own log; they can be given when it is made. */
async function formatWithUsers(dataDir, folder) {
  const { brokerFiles, brokerProperties, formatArguments, LOG_CONFIG, propertiesText } = await load('local-kafka/broker-config.js')
  const files = brokerFiles(dataDir)
  execFileSync('mkdir', ['-p', dataDir])
  writeFileSync(files.logConfig, LOG_CONFIG)
  writeFileSync(files.properties, propertiesText(brokerProperties({ client: 9092, controller: 9093 }, files.records)))
  const users = ['256', '512'].flatMap((bits) => ['--add-scram', `SCRAM-SHA-${bits}=[name=ann,password=${PASSWORD}]`])
  const args = formatArguments(path.join(folder, 'jars'), files, 'AAAAAAAAAAAAAAAAAAAAAA')
  execFileSync(path.join(folder, 'java/bin/java'), [...args, ...users], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function client(options) {
  return new kafkajs.Kafka({ clientId: 'test', logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 2 }, ...options })
}

async function listTopics(options) {
  const admin = client(options).admin()
  try {
    await admin.connect()
    return await admin.listTopics()
  } finally {
    await admin.disconnect()
  }
}

async function refused(signIn) {
  const failed = await signIn.then(
    () => false,
    () => true,
  )
  if (!failed) throw new Error('it was accepted')
}

/** The broker packs them anew, as its files say, and we unpack what it gives back where this Node can. */
async function packed(bootstrap, codec, dataDir) {
  const topic = `packed-${codec}`
  const kafka = client({ brokers: [bootstrap] })
  const [admin, producer] = [kafka.admin(), kafka.producer()]
  await Promise.all([admin.connect(), producer.connect()])
  const configEntries = [{ name: 'compression.type', value: codec }]
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }], waitForLeaders: true })
  const messages = Array.from({ length: RECORDS }, (_, i) => ({ value: `row ${i} `.repeat(20) }))
  await producer.send({ topic, messages })
  await Promise.all([admin.disconnect(), producer.disconnect()])
  const segment = readFileSync(path.join(dataDir, 'records', `${topic}-0`, '00000000000000000000.log'))
  const used = segment.readInt16BE(ATTRIBUTES_AT) & CODEC_BITS
  if (used !== CODECS[codec]) throw new Error(`the codec ${used} was used`)
  if (codec !== 'zstd' || zlib.zstdDecompressSync !== undefined) await readAgain(bootstrap, topic)
}

async function readAgain(bootstrap, topic) {
  const { createKafkaPort } = await load('connectors/kafka/kafka-log-port.js')
  const port = createKafkaPort({ bootstrap, log: () => {} })
  try {
    const options = { topics: [topic], positions: [], start: { type: 'earliest' }, stop: { type: 'end' }, bufferBytes: 8 << 20 }
    const reader = await port.read(options)
    let records = 0
    for (let over = false; !over; )
      for (const event of await reader.poll(200)) {
        if (event.type === 'records') records += event.records.count
        if (event.type === 'ended') over = true
      }
    if (records !== RECORDS) throw new Error(`${records} of ${RECORDS} records came back`)
  } finally {
    await port.close()
  }
}

async function transaction(bootstrap) {
  const kafka = client({ brokers: [bootstrap] })
  const admin = kafka.admin()
  const producer = kafka.producer({ transactionalId: 'test', idempotent: true, maxInFlightRequests: 1 })
  await Promise.all([admin.connect(), producer.connect()])
  try {
    await admin.createTopics({ topics: [{ topic: 'transactional', numPartitions: 1 }], waitForLeaders: true })
    const begun = await producer.transaction()
    await begun.send({ topic: 'transactional', messages: [{ value: 'x' }] })
    await begun.commit()
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()])
  }
}

/** From the JDK of the build machine, as an operator's tool would. */
function askByJmx(work, port) {
  const source = path.join(work, 'AskByJmx.java')
  writeFileSync(
    source,
    `import javax.management.*;
import javax.management.remote.*;
public class AskByJmx {
  public static void main(String[] args) throws Exception {
    var url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + args[0] + "/jmxrmi");
    try (var connector = JMXConnectorFactory.connect(url)) {
      var server = connector.getMBeanServerConnection();
      System.out.println(server.getAttribute(new ObjectName("kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec"), "Count"));
    }
  }
}`,
  )
  const { JAVA_TOOL_OPTIONS: _, ...env } = process.env
  const count = Number(execFileSync('java', [source, String(port)], { encoding: 'utf8', env }))
  if (!(count >= Object.keys(CODECS).length * RECORDS)) throw new Error(`it counts ${count} records`)
}

import path from 'node:path'

export interface BrokerPorts {
  readonly client: number
  readonly controller: number
}

export interface BrokerFiles {
  readonly properties: string
  readonly logConfig: string
  /** Kafka's own folder for the records. */
  readonly records: string
  /** What the broker prints. */
  readonly logFile: string
  /** Process and port of the broker that was started last. */
  readonly running: string
}

export function brokerFiles(dataDir: string): BrokerFiles {
  return {
    properties: path.join(dataDir, 'server.properties'),
    logConfig: path.join(dataDir, 'log4j2.properties'),
    records: path.join(dataDir, 'records'),
    logFile: path.join(dataDir, 'broker.log'),
    running: path.join(dataDir, 'running.json'),
  }
}

/**
 * server.properties of one node that is broker and KRaft controller. Everything is bound to the loopback address: the broker
 * asks nobody for a password. `overrides` win over what stands here.
 */
export function brokerProperties(
  ports: BrokerPorts,
  recordsDir: string,
  overrides: Readonly<Record<string, string>> = {},
): Map<string, string> {
  const single = '1' // one node can hold one replica
  return new Map(
    Object.entries({
      'process.roles': 'broker,controller',
      'node.id': '1',
      listeners: `PLAINTEXT://127.0.0.1:${ports.client},CONTROLLER://127.0.0.1:${ports.controller}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.client}`,
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'controller.listener.names': 'CONTROLLER',
      'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
      'log.dirs': recordsDir,
      'num.partitions': '4',
      'auto.create.topics.enable': 'false', // a misspelt topic is an error, not a new topic
      // Rows of last year's file are as welcome as today's: by their timestamps a topic would delete them within minutes.
      'log.retention.ms': '-1',
      'default.replication.factor': single,
      'min.insync.replicas': single,
      'offsets.topic.replication.factor': single,
      'transaction.state.log.replication.factor': single,
      'transaction.state.log.min.isr': single,
      'share.coordinator.state.topic.replication.factor': single,
      'share.coordinator.state.topic.min.isr': single,
      // Few internal partitions and threads, and no wait for further members: start and the first join are seconds faster.
      'offsets.topic.num.partitions': '4',
      'transaction.state.log.num.partitions': '4',
      'share.coordinator.state.topic.num.partitions': '1',
      'group.initial.rebalance.delay.ms': '0',
      'num.network.threads': '2',
      'num.io.threads': '4',
      'background.threads': '2',
      'num.recovery.threads.per.data.dir': '1',
      'log.cleaner.threads': '1',
      'log.cleaner.dedupe.buffer.size': String(16 << 20), // the default of 128 MB is a quarter of the heap
      // A start after a kill -9 waits for the session of the dead one.
      'broker.session.timeout.ms': '3000',
      'broker.heartbeat.interval.ms': '500',
      ...overrides,
    }),
  )
}

/** Text of a Java .properties file. A backslash (paths on Windows) and a line break would be read as an escape and a new line. */
export function propertiesText(properties: ReadonlyMap<string, string>): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return [...properties].map(([name, value]) => `${name}=${escaped(value)}\n`).join('')
}

/** Warnings only, and the one line that says that the server has started: startLocalKafka waits for it. */
export const LOG_CONFIG = `rootLogger.level = WARN
rootLogger.appenderRef.stdout.ref = STDOUT
appender.stdout.type = Console
appender.stdout.name = STDOUT
appender.stdout.layout.type = PatternLayout
appender.stdout.layout.pattern = %d{yyyy-MM-dd HH:mm:ss.SSS} %p %c{1}: %m%n
logger.started.name = kafka.server.KafkaRaftServer
logger.started.level = INFO
logger.appinfo.name = org.apache.kafka.common.utils.AppInfoParser
logger.appinfo.level = ERROR
`

export const STARTED_LINE = /Kafka Server started/

/** Arguments to java for the broker. Serial collector and first compiler tier: less memory and half the processor time of a start. */
export function brokerArguments(jars: string, files: BrokerFiles, heapMb: number): string[] {
  return [`-Xms${Math.min(128, heapMb)}m`, `-Xmx${heapMb}m`, ...sharedArguments(jars, files), 'kafka.Kafka', files.properties]
}

/** Arguments to java for writing the cluster id into an empty records folder, once. */
export function formatArguments(jars: string, files: BrokerFiles, clusterId: string): string[] {
  return [...sharedArguments(jars, files), 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', files.properties]
}

function sharedArguments(jars: string, files: BrokerFiles): string[] {
  return [
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Xss512k',
    `-Dlog4j2.configurationFile=${files.logConfig}`,
    '-Dlog4j2.disable.jmx=true',
    '-cp',
    path.join(jars, '*'),
  ]
}

/** A cluster id as Kafka wants it: 16 bytes in base64url without padding, not starting with a dash (the format tool reads that as an option). */
export function clusterIdOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('base64url')
  return text.startsWith('-') ? `A${text.slice(1)}` : text
}

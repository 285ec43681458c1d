import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { brokerArguments, brokerFiles, brokerProperties, clusterIdOf, formatArguments, propertiesText } from './broker-config.ts'
import { freePorts, isPortFree } from './free-ports.ts'
import { checkJava, javaCommand, javaMajorVersion } from './java.ts'
import { ensureKafkaJars } from './kafka-jars.ts'
import { brokerError } from './local-kafka.ts'

const ports = { client: 19092, controller: 19093 }
const files = brokerFiles('/data')

test('the broker listens on the loopback address only and makes no topics by itself', () => {
  const properties = brokerProperties(ports, '/data/records')
  expect(properties.get('listeners')).toBe('PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093')
  expect(properties.get('controller.quorum.voters')).toBe('1@127.0.0.1:19093')
  expect(properties.get('auto.create.topics.enable')).toBe('false')
  expect(properties.get('log.dirs')).toBe('/data/records')
})

test('own properties win over the defaults', () => {
  const properties = brokerProperties(ports, '/data', { 'num.partitions': '9', 'message.max.bytes': '2000' })
  expect(properties.get('num.partitions')).toBe('9')
  expect(properties.get('message.max.bytes')).toBe('2000')
})

test('a properties file escapes what Java would read as an escape', () => {
  expect(
    propertiesText(
      new Map([
        ['log.dirs', 'C:\\data\\k'],
        ['a', 'x\ny'],
      ]),
    ),
  ).toBe('log.dirs=C:\\\\data\\\\k\na=x\\ny\n')
})

test('java gets the heap, the class path and the properties file', () => {
  const args = brokerArguments('/jars', files, 64)
  expect(args.slice(0, 2)).toEqual(['-Xms64m', '-Xmx64m'])
  expect(args).toContain('/jars/*')
  expect(args.slice(-2)).toEqual(['kafka.Kafka', '/data/server.properties'])
  expect(formatArguments('/jars', files, 'ID').slice(-5)).toEqual(['format', '-t', 'ID', '-c', '/data/server.properties'])
})

test('a cluster id is 16 bytes in base64url and never looks like an option', () => {
  expect(clusterIdOf(new Uint8Array(16))).toBe('AAAAAAAAAAAAAAAAAAAAAA')
  expect(clusterIdOf(new Uint8Array(16).fill(0xfb))).toMatch(/^A.{21}$/)
})

test('java versions old and new are read', () => {
  expect(javaMajorVersion('openjdk version "17.0.15" 2025-04-15')).toBe(17)
  expect(javaMajorVersion('java version "1.8.0_402"')).toBe(8)
  expect(javaMajorVersion('openjdk version "25" 2025-09-16')).toBe(25)
  expect(javaMajorVersion('what?')).toBeUndefined()
  expect(javaCommand({ JAVA_HOME: '/opt/jdk' })).toBe('/opt/jdk/bin/java')
  expect(javaCommand({})).toBe('java')
})

test('a missing Java is named, with what to install', async () => {
  await expect(checkJava('/nowhere/bin/java')).rejects.toMatchObject({
    code: 'JAVA_MISSING',
    message: expect.stringContaining('openjdk-17'),
  })
})

test('known reasons are found in the output of the broker', () => {
  expect(brokerError('java.net.BindException: Address already in use', files, ports)).toMatchObject({ code: 'PORT_IN_USE' })
  expect(brokerError('KafkaException: Failed to acquire lock on file .lock in /data/records', files, ports)).toMatchObject({
    code: 'DATA_DIR_IN_USE',
  })
  expect(brokerError('java.io.IOException: No space left on device', files, ports)).toMatchObject({ code: 'DISK_FULL' })
  const other = brokerError('WARN x\nERROR ConfigException: Invalid value 0 for num.partitions\n', files, ports)
  expect(other).toMatchObject({ code: 'BROKER_NOT_STARTED', message: expect.stringContaining('Invalid value 0') })
})

test('free ports differ and are free', async () => {
  const found = await freePorts(3)
  expect(new Set(found).size).toBe(3)
  for (const port of found) expect(await isPortFree(port)).toBe(true)
})

test('a missing Maven is named, with what to install; nothing half done is left', async () => {
  const cacheDir = mkdtempSync(path.join(os.tmpdir(), 'millrace-jars-'))
  const { PATH } = process.env
  process.env.PATH = cacheDir
  try {
    const fetched = ensureKafkaJars({ log: () => {}, cacheDir })
    await expect(fetched).rejects.toMatchObject({ code: 'MAVEN_MISSING', message: expect.stringContaining('package maven') })
    expect(readdirSync(cacheDir)).toEqual([])
  } finally {
    process.env.PATH = PATH
    rmSync(cacheDir, { recursive: true })
  }
})

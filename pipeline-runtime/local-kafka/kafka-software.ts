import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { checkJava, javaCommand } from './java.ts'
import { ensureKafkaJars, haveKafkaJars, INSTALL_MAVEN } from './kafka-jars.ts'
import { LocalKafkaError } from './local-kafka-error.ts'

/** What runs a broker. */
export interface KafkaSoftware {
  /** The java command. */
  readonly java: string
  /** Folder of Kafka's jars. */
  readonly jars: string
}

/** Something that has to be installed before the local Kafka can be started. */
export interface MissingSoftware {
  readonly what: string
  readonly how: string
}

/**
 * A package brings Kafka and a Java runtime in one folder (`jars/`, `java/`): `MILLRACE_KAFKA_DIR`, else `kafka` among the app's
 * resources. Elsewhere Java comes from JAVA_HOME or PATH, and Maven fetches the jars once.
 * Throws LocalKafkaError.
 */
export async function ensureKafkaSoftware(log: (line: string) => void): Promise<KafkaSoftware> {
  const packaged = packagedSoftware()
  if (packaged !== undefined) return packaged
  const java = javaCommand()
  await checkJava(java)
  return { java, jars: await ensureKafkaJars({ log }) }
}

/** Empty where the local Kafka can be started. Asked before a start is offered, so nothing is fetched. */
export async function missingSoftware(): Promise<readonly MissingSoftware[]> {
  try {
    if (packagedSoftware() !== undefined) return []
  } catch (error) {
    if (error instanceof LocalKafkaError) return [{ what: 'the packaged Kafka', how: error.message }]
    throw error
  }
  const missing: MissingSoftware[] = []
  try {
    await checkJava(javaCommand())
  } catch (error) {
    if (!(error instanceof LocalKafkaError)) throw error
    missing.push({ what: 'Java 17', how: error.message })
  }
  if (!haveKafkaJars() && !isInPath('mvn')) {
    missing.push({ what: 'Maven', how: `The jars of Apache Kafka are fetched with Maven (44 MB, once). ${INSTALL_MAVEN}` })
  }
  return missing
}

/** Whether a first start has something to fetch. */
export function hasToFetch(): boolean {
  return packagedSoftware() === undefined && !haveKafkaJars()
}

function packagedSoftware(): KafkaSoftware | undefined {
  const named = process.env.MILLRACE_KAFKA_DIR
  const folder = named === undefined || named === '' ? resourceFolders().find((candidate) => existsSync(candidate)) : named
  if (folder === undefined) return undefined
  const java = path.join(folder, 'java', 'bin', process.platform === 'win32' ? 'java.exe' : 'java')
  const jars = path.join(folder, 'jars')
  if (!existsSync(java) || !existsSync(jars)) {
    const reason = named === undefined || named === '' ? 'Install Millrace again.' : 'MILLRACE_KAFKA_DIR names it; is it the right folder?'
    throw new LocalKafkaError('PACKAGE_DAMAGED', `The folder ${folder} holds no Kafka with its Java (jars/ and java/). ${reason}`)
  }
  return { java, jars }
}

/** Of the packaged app; also where its program runs as plain Node for the command line, which has no `resourcesPath`. */
function resourceFolders(): readonly string[] {
  if (process.versions.electron === undefined) return []
  const program = path.dirname(process.execPath)
  return [path.join(program, 'resources', 'kafka'), path.join(program, '..', 'Resources', 'kafka')]
}

function isInPath(command: string): boolean {
  const names = process.platform === 'win32' ? [`${command}.cmd`, `${command}.exe`] : [command]
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => names.some((name) => isExecutable(path.join(folder, name))))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

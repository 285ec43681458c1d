import path from 'node:path'
import { run } from '../processes/run-command.ts'
import { LocalKafkaError } from './local-kafka-error.ts'

/** Kafka 4 brokers are compiled for Java 17. */
export const LOWEST_JAVA = 17

/** The java command: that of JAVA_HOME where it is set, else the first in PATH. */
export function javaCommand(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.JAVA_HOME
  return home === undefined || home === '' ? 'java' : path.join(home, 'bin', 'java')
}

/** Throws JAVA_MISSING or JAVA_TOO_OLD; answers the major version. */
export async function checkJava(command: string): Promise<number> {
  const install = `Install a Java runtime of version ${LOWEST_JAVA} or newer (for example the package openjdk-17-jre-headless), or point JAVA_HOME to one.`
  const result = await run(command, ['-version'])
  if (result.kind === 'missing')
    throw new LocalKafkaError('JAVA_MISSING', `The local Kafka needs Java, and "${command}" was not found. ${install}`)
  const major = javaMajorVersion(result.output)
  if (result.kind === 'failed' || major === undefined) {
    throw new LocalKafkaError(
      'JAVA_MISSING',
      `"${command} -version" did not name a Java version; it said: ${result.output.trim()}. ${install}`,
    )
  }
  if (major < LOWEST_JAVA)
    throw new LocalKafkaError(
      'JAVA_TOO_OLD',
      `The local Kafka needs Java ${LOWEST_JAVA} or newer, and "${command}" is Java ${major}. ${install}`,
    )
  return major
}

/** Reads `openjdk version "17.0.15"` and, from before Java 9, `java version "1.8.0_402"`. */
export function javaMajorVersion(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeLock } from '../processes/process-lock.ts'
import { run } from '../processes/run-command.ts'
import { KAFKA_POM, KAFKA_VERSION } from './kafka-pom.ts'
import { LocalKafkaError } from './local-kafka-error.ts'

const MARKER = 'done'

export const INSTALL_MAVEN = 'Install Maven (for example the package maven) so that "mvn" is found in PATH.'

/**
 * The folder that holds the jars of a Kafka broker. The first call has Maven fetch them (44 MB); later calls find them in
 * `kafka-VERSION/` of the cache. Safe against several processes: one fetches into a folder of its own and renames it when complete,
 * the others wait for it.
 * Throws MAVEN_MISSING or JARS_NOT_FETCHED.
 */
export async function ensureKafkaJars(options: { log: (line: string) => void; cacheDir?: string }): Promise<string> {
  const jars = jarsFolder(options.cacheDir)
  if (haveKafkaJars(options.cacheDir)) return jars
  await mkdir(path.dirname(jars), { recursive: true })
  const release = await takeLock(`${jars}.lock`, () => options.log('Another process is fetching the jars of Kafka; waiting for it ...'))
  try {
    if (!haveKafkaJars(options.cacheDir)) await fetchJars(jars, options.log)
  } finally {
    release()
  }
  return jars
}

/** Whether they are there, so that nothing needs to be fetched. */
export function haveKafkaJars(cacheDir?: string): boolean {
  return existsSync(path.join(jarsFolder(cacheDir), MARKER))
}

function jarsFolder(cacheDir = defaultCacheDir()): string {
  return path.join(cacheDir, `kafka-${KAFKA_VERSION}`)
}

async function fetchJars(jars: string, log: (line: string) => void): Promise<void> {
  const started = Date.now()
  const partial = `${jars}.partial-${process.pid}-${randomUUID().slice(0, 8)}`
  const pom = `${partial}.pom.xml`
  log(`Fetching the jars of Apache Kafka ${KAFKA_VERSION} with Maven (44 MB, once) ...`)
  try {
    await writeFile(pom, KAFKA_POM)
    // -C: a jar whose checksum is wrong fails the build instead of giving a warning.
    const args = ['-q', '-B', '-C', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${partial}`]
    const onWindows = process.platform === 'win32'
    const result = await run(onWindows ? 'mvn.cmd' : 'mvn', args, { shell: onWindows })
    if (result.kind === 'missing') {
      throw new LocalKafkaError(
        'MAVEN_MISSING',
        `The jars of the local Kafka are fetched with Maven, and "mvn" was not found. ${INSTALL_MAVEN} ` +
          `Or copy the jars of kafka_2.13 ${KAFKA_VERSION} and what it depends on into ${jars} and put an empty file named "${MARKER}" beside them.`,
      )
    }
    if (result.kind === 'failed') {
      throw new LocalKafkaError(
        'JARS_NOT_FETCHED',
        `Maven could not fetch the jars of Apache Kafka ${KAFKA_VERSION}. Check the network, the proxy and mirror in Maven's settings.xml and the free disk space, then try again. ` +
          `Maven said: ${firstErrors(result.output)}`,
      )
    }
    await writeFile(path.join(partial, MARKER), `${KAFKA_VERSION}\n`)
    await rename(partial, jars).catch(async (error: unknown) => {
      if (existsSync(path.join(jars, MARKER))) return // another process was faster
      await rm(jars, { recursive: true, force: true }) // without its marker it is what is left of a copy by hand
      await rename(partial, jars).catch(() => Promise.reject(error))
    })
  } finally {
    await rm(partial, { recursive: true, force: true })
    await rm(pom, { force: true })
  }
  log(`Fetched the jars of Apache Kafka ${KAFKA_VERSION} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

function firstErrors(output: string): string {
  const lines = output.split('\n').filter((line) => line.includes('[ERROR]'))
  return (lines.length > 0 ? lines : output.split('\n')).slice(0, 3).join(' ').trim()
}

/** A checkout has a cache of its own, beside other fetched things; an installed Millrace may not be written to. */
function defaultCacheDir(): string {
  const checkout = checkoutFolder()
  if (checkout !== undefined) return path.join(checkout, '.cache')
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'millrace')
}

/** The nearest folder above with a lockfile, which no package has: the same from the source and from the compiled file in dist/. */
function checkoutFolder(): string | undefined {
  for (let folder = path.dirname(fileURLToPath(import.meta.url)); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return existsSync(path.join(folder, 'package-lock.json')) ? folder : undefined
    if (folder === path.dirname(folder)) return undefined
  }
}

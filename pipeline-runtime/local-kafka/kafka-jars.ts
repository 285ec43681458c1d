import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './java.ts'
import { LocalKafkaError } from './local-kafka-error.ts'

/** The same number stands in pom.xml; a unit test compares them. */
export const KAFKA_VERSION = '4.3.1'

const MARKER = 'done'

/**
 * The folder that holds the jars of a Kafka broker. The first call has Maven fetch them (44 MB); later calls find them in
 * `.cache/kafka-VERSION/`. Safe against several processes: one fetches into a folder of its own and renames it when complete,
 * the others wait for it.
 * Throws MAVEN_MISSING or JARS_NOT_FETCHED.
 */
export async function ensureKafkaJars(options: { log: (line: string) => void; cacheDir?: string }): Promise<string> {
  const cacheDir = options.cacheDir ?? path.join(projectRoot(), '.cache')
  const jars = path.join(cacheDir, `kafka-${KAFKA_VERSION}`)
  const complete = () => existsSync(path.join(jars, MARKER))
  if (complete()) return jars
  await mkdir(cacheDir, { recursive: true })
  const release = await takeLock(`${jars}.lock`, options.log)
  try {
    if (!complete()) await fetchJars(jars, options.log)
  } finally {
    await release()
  }
  return jars
}

async function fetchJars(jars: string, log: (line: string) => void): Promise<void> {
  const started = Date.now()
  const partial = `${jars}.partial-${process.pid}-${randomUUID().slice(0, 8)}`
  log(`Fetching the jars of Apache Kafka ${KAFKA_VERSION} with Maven (44 MB, once) ...`)
  try {
    // -C: a jar whose checksum is wrong fails the build instead of giving a warning.
    const args = [
      '-q',
      '-B',
      '-C',
      '-f',
      pomFile(),
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${partial}`,
    ]
    const onWindows = process.platform === 'win32'
    const result = await run(onWindows ? 'mvn.cmd' : 'mvn', args, { shell: onWindows })
    if (result.kind === 'missing') {
      throw new LocalKafkaError(
        'MAVEN_MISSING',
        `The jars of the local Kafka are fetched with Maven, and "mvn" was not found. Install it (for example the package maven), ` +
          `or copy the jars of kafka_2.13 ${KAFKA_VERSION} and what it depends on into ${jars} and put an empty file named "${MARKER}" beside them.`,
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
  }
  log(`Fetched the jars of Apache Kafka ${KAFKA_VERSION} in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

function firstErrors(output: string): string {
  const lines = output.split('\n').filter((line) => line.includes('[ERROR]'))
  return (lines.length > 0 ? lines : output.split('\n')).slice(0, 3).join(' ').trim()
}

/** A lock file with the owner's process id. A lock whose owner is dead is taken away from it. */
async function takeLock(file: string, log: (line: string) => void): Promise<() => Promise<void>> {
  for (let round = 0; ; round++) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // as: what node:fs throws
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''))
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true })
    else if (round === 0) log('Another process is fetching the jars of Kafka; waiting for it ...')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // as: what process.kill throws
  }
}

/** The nearest folder above with a package.json: the same from the source and from the compiled file in dist/. */
function projectRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url))
  while (!existsSync(path.join(folder, 'package.json'))) {
    const above = path.dirname(folder)
    if (above === folder)
      throw new LocalKafkaError('JARS_NOT_FETCHED', 'No package.json above the code of the local Kafka. Install Millrace again.')
    folder = above
  }
  return folder
}

/** tsc copies no XML, so the compiled file reads the one in the source tree. */
export function pomFile(): string {
  return path.join(projectRoot(), 'pipeline-runtime', 'local-kafka', 'pom.xml')
}

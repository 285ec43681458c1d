// The Kafka of a package: `node build/package/kafka-runtime.mjs --out DIR` puts the jars of a broker into `DIR/jars` and a Java runtime with
// the modules that they use into `DIR/java`. What is there already and made of the same things stays.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { BootstrapError, outputOf, root, run, runScript, say, seconds } from '../bootstrap.mjs'

/**
 * Of a broker with TLS, SASL, all codecs and JMX, as `npm run test:kafka-runtime` tries. Without the first four it does not start, does not
 * encrypt, or has no JMX; the others are what its classes name, and cost nothing. `java.desktop` is there for log4j, which wants `java.beans`.
 */
const MODULES = [
  ...['java.desktop', 'java.security.jgss', 'jdk.crypto.ec', 'jdk.management.agent'],
  ...['java.base', 'java.logging', 'java.management', 'java.naming', 'java.security.sasl', 'jdk.management', 'jdk.unsupported'],
]
const LOWEST_JAVA = 17
const STAMP = '.made-of'

await runScript(async () => {
  const [name, folder, ...others] = process.argv.slice(2)
  if (name !== '--out' || folder === undefined || others.length > 0)
    throw new BootstrapError('usage: node build/package/kafka-runtime.mjs --out DIR')
  await makeKafkaRuntime(path.resolve(folder))
})

async function makeKafkaRuntime(folder) {
  const jlink = findJlink()
  const jars = await kafkaJars()
  const stamp = createHash('sha256')
    .update(JSON.stringify([MODULES, path.basename(jars), jlink.version]))
    .digest('hex')
  const stampFile = path.join(folder, STAMP)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const started = Date.now()
  say('Making the Kafka of the package ...')
  // Beside its final place, so that it appears there complete or not at all.
  const partial = `${folder}.partial`
  rmSync(partial, { recursive: true, force: true })
  cpSync(jars, path.join(partial, 'jars'), { recursive: true, filter: (file) => file === jars || file.endsWith('.jar') })
  const lean = ['--strip-debug', '--no-header-files', '--no-man-pages', '--compress=2']
  const args = ['--add-modules', MODULES.join(','), ...lean, '--output', path.join(partial, 'java')]
  const code = await run(jlink.command, args, { stdio: ['ignore', 'ignore', 2] })
  if (code !== 0) throw new BootstrapError('jlink could not make the Java runtime; its message stands above.')
  writeFileSync(path.join(partial, STAMP), stamp)
  rmSync(folder, { recursive: true, force: true })
  renameSync(partial, folder)
  say(`Made the Kafka of the package in ${seconds(started)}.`)
}

function findJlink() {
  const home = process.env.JAVA_HOME
  const command = home === undefined || home === '' ? 'jlink' : path.join(home, 'bin', 'jlink')
  const version = outputOf(command, ['--version'])?.trim()
  if (version === undefined || !(Number.parseInt(version, 10) >= LOWEST_JAVA))
    throw new BootstrapError(
      `The Java runtime of the package is made with jlink of a JDK ${LOWEST_JAVA} or newer, and ${command} ${version === undefined ? 'was not found' : `is ${version}`}. On Debian type: sudo apt-get install openjdk-17-jdk-headless. Or point JAVA_HOME to a JDK.`,
    )
  return { command, version }
}

async function kafkaJars() {
  const { ensureKafkaJars } = await import(pathToFileURL(path.join(root, 'dist/pipeline-runtime/local-kafka/kafka-jars.js')).href)
  try {
    return await ensureKafkaJars({ log: say })
  } catch (error) {
    throw new BootstrapError(error.message)
  }
}

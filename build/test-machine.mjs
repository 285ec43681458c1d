// What the tests need beside npm packages: Java, Maven and the jars of Kafka.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { BootstrapError, outputOf, root, run, say, seconds } from './bootstrap.mjs'

const LOWEST_JAVA = 17
const JAVA_PACKAGE = 'openjdk-17-jre-headless'

/** Installs missing Debian packages when root, else names the command to type. */
export async function prepareTestMachine() {
  const missing = missingPackages()
  if (missing.length > 0) await installDebianPackages(missing)
  await fetchKafkaJars()
}

function missingPackages() {
  const missing = []
  if (javaVersion() < LOWEST_JAVA) missing.push(JAVA_PACKAGE)
  if (outputOf('mvn', ['-version']) === undefined) missing.push('maven')
  return missing
}

/** 0 where there is none. `java -version` says `openjdk version "17.0.15"`. */
function javaVersion() {
  const home = process.env.JAVA_HOME
  const command = home === undefined || home === '' ? 'java' : path.join(home, 'bin', 'java')
  return Number(/version "(?:1\.)?(\d+)/.exec(outputOf(command, ['-version']) ?? '')?.[1] ?? 0)
}

async function installDebianPackages(packages) {
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  const isRoot = process.getuid?.() === 0
  if (!isRoot || outputOf('apt-get', ['--version']) === undefined) {
    throw new BootstrapError(
      `The tests start a real Kafka and need Java ${LOWEST_JAVA} and Maven. Missing: ${packages.join(', ')}. On Debian type: sudo apt-get ${install.join(' ')}`,
    )
  }
  const started = Date.now()
  say(`Installing Debian packages: ${packages.join(', ')} ...`)
  const options = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-qq'], options)
  const code = await run('apt-get', install, options)
  if (code !== 0)
    throw new BootstrapError(`apt-get could not install them; its message stands above. Type it yourself: apt-get ${install.join(' ')}`)
  const still = missingPackages()
  if (still.length > 0)
    throw new BootstrapError(`Installed, and still not found in PATH: ${still.join(', ')}. Is JAVA_HOME set to an older Java?`)
  say(`Installed Debian packages in ${seconds(started)}.`)
}

async function fetchKafkaJars() {
  const file = path.join(root, 'dist/pipeline-runtime/local-kafka/kafka-jars.js')
  const { ensureKafkaJars } = await import(pathToFileURL(file).href)
  try {
    await ensureKafkaJars({ log: say })
  } catch (error) {
    throw new BootstrapError(error.message)
  }
}

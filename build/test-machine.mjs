// What the tests need beside npm packages: Java, Maven and the jars of Kafka; a Prometheus; a screen without a monitor, what Electron
// links to, a browser, and Electron itself.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { BootstrapError, outputOf, root, run, say, seconds } from './bootstrap.mjs'
import { ensureElectronTypes } from './checks/electron-types.mjs'
import { findElectron } from './electron.mjs'

const LOWEST_JAVA = 17
/** The whole kit: packages get a Java of their own, made with jlink. */
const JAVA_PACKAGE = 'openjdk-17-jdk-headless'

/** The keychain of a Linux desktop, in which secrets of connections are kept. */
const KEYRING_PACKAGES = ['gnome-keyring', 'libsecret-1-0', 'dbus-daemon', 'dbus-bin']

/** What Debian calls the libraries of Electron; newer releases append `t64` to some. */
const SCREEN_PACKAGES = ['xvfb', 'xauth', 'libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'fonts-dejavu', ...KEYRING_PACKAGES]
const BROWSER_PACKAGE = 'chromium'
/** With it comes promtool. */
const METRICS_PACKAGE = 'prometheus'

/** Installs missing Debian packages when root, else names the command to type. */
export async function prepareTestMachine() {
  const missing = missingPackages()
  if (missing.length > 0) await installDebianPackages(missing)
  await fetchKafkaJars()
  await fetchElectron()
}

function missingPackages() {
  const missing = missingScreenPackages()
  if (javaVersion() < LOWEST_JAVA || (process.platform === 'linux' && !hasJlink())) missing.push(JAVA_PACKAGE)
  if (outputOf('mvn', ['-version']) === undefined) missing.push('maven')
  if (outputOf('prometheus', ['--version']) === undefined || outputOf('promtool', ['--version']) === undefined)
    missing.push(METRICS_PACKAGE)
  return missing
}

/** On other systems than Debian and its kin nobody knows; there the tests themselves say what is missing. */
function missingScreenPackages() {
  const listed = outputOf('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n'])
  if (process.platform !== 'linux' || listed === undefined) return []
  const installed = new Set(listed.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])))
  const missing = SCREEN_PACKAGES.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
  const browser = process.env.MILLRACE_CHROMIUM || '/usr/bin/chromium'
  return existsSync(browser) ? missing : [...missing, BROWSER_PACKAGE]
}

/** 0 where there is none. `java -version` says `openjdk version "17.0.15"`. */
function javaVersion() {
  return Number(/version "(?:1\.)?(\d+)/.exec(outputOf(javaProgram('java'), ['-version']) ?? '')?.[1] ?? 0)
}

function hasJlink() {
  return outputOf(javaProgram('jlink'), ['--version']) !== undefined
}

function javaProgram(name) {
  const home = process.env.JAVA_HOME
  return home === undefined || home === '' ? name : path.join(home, 'bin', name)
}

async function installDebianPackages(packages) {
  const install = ['install', '-y', '--no-install-recommends', ...packages.map(nameHere)]
  const isRoot = process.getuid?.() === 0
  if (!isRoot || outputOf('apt-get', ['--version']) === undefined) {
    throw new BootstrapError(
      `The tests start a real Kafka (Java ${LOWEST_JAVA}, Maven), a Prometheus, the desktop app and a browser. Missing: ${packages.join(', ')}. On Debian type: sudo apt-get ${install.join(' ')}`,
    )
  }
  const started = Date.now()
  say(`Installing Debian packages: ${packages.join(', ')} ...`)
  const options = { stdio: ['ignore', 'ignore', 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await run('apt-get', ['update', '-qq'], options)
  const code = await withoutStartingServices(() => run('apt-get', install, options))
  if (code !== 0)
    throw new BootstrapError(`apt-get could not install them; its message stands above. Type it yourself: apt-get ${install.join(' ')}`)
  const still = missingPackages()
  if (still.length > 0) throw new BootstrapError(`Installed, and still not found: ${still.join(', ')}. Is JAVA_HOME set to an older Java?`)
  say(`Installed Debian packages in ${seconds(started)}.`)
}

/** Debian starts a service as soon as it is installed, Prometheus at all addresses; this file, where there is none, tells it not to. */
async function withoutStartingServices(install) {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return install()
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return await install()
  } finally {
    rmSync(policy, { force: true })
  }
}

/** What this release calls a package. */
function nameHere(name) {
  return name.startsWith('lib') && outputOf('apt-cache', ['show', `${name}t64`]) !== undefined ? `${name}t64` : name
}

async function fetchElectron() {
  if ((await findElectron()) === undefined)
    throw new BootstrapError('There is no Electron for this machine: its binary could not be downloaded.')
  await ensureElectronTypes()
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

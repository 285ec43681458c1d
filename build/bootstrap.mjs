// Brings a checkout to the point where it can run: npm packages, then the built parts. Node built-ins only, since on a
// fresh clone there is nothing else. Says what it does in one line each and nothing where there is nothing to do.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** A step that cannot go on; its message is for the person at the screen. */
export class BootstrapError extends Error {}

export const say = (line) => process.stderr.write(`${line}\n`)

/** Installs and builds what is missing. */
export async function bootstrap() {
  checkNode()
  await installPackages()
  await buildParts()
}

/** Runs `main` and turns an expected failure into one line and exit code 1. */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = lowestNode()
  const [haveMajor, haveMinor] = version.split('.').map(Number)
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return
  throw new BootstrapError(
    `Millrace needs Node ${major}.${minor} or newer, and this is Node ${version}. Install a newer one (with nvm: nvm install ${major}) and try again.`,
  )
}

/** From package.json's `engines`: `>=20.20`. */
function lowestNode() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  return engines.node.replace('>=', '').split('.').map(Number)
}

async function installPackages() {
  const stampFile = path.join(root, 'node_modules', '.millrace-stamp')
  const lockfile = readFileSync(path.join(root, 'package-lock.json'))
  const stamp = createHash('sha256').update(lockfile).update(process.version).digest('hex')
  if (readIfThere(stampFile) === stamp) return
  const started = Date.now()
  say('Installing npm packages ...')
  const { command, before, shell } = npm()
  const code = await run(command, [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2], shell })
  if (code !== 0)
    throw new BootstrapError(
      'npm could not install the packages; its message stands above. Check the network and npm’s settings, then try again.',
    )
  writeFileSync(stampFile, stamp)
  say(`Installed npm packages in ${seconds(started)}.`)
}

/** What is built, from which folders. The page and the desktop app are bundles that hold much of the runtime. */
const PARTS = [
  {
    name: 'runtime',
    sources: ['pipeline-runtime', 'build/generate'],
    script: ['typescript', 'bin/tsc'],
    args: ['-b', config('tsconfig.runtime.json')],
  },
  { name: 'page', sources: ['renderer', 'pipeline-runtime'], ...bundle('vite.renderer.config.ts') },
  { name: 'desktop', sources: ['electron', 'pipeline-runtime'], ...bundle('vite.electron.config.ts', '--app') },
]

function bundle(file, ...args) {
  return { script: ['vite', 'bin/vite.js'], args: ['build', '--config', config(file), '--logLevel', 'warn', ...args] }
}

function config(file) {
  return `build/config/${file}`
}

/** Builds the parts of which a source changed since they were built last. */
export async function buildParts() {
  const started = Date.now()
  const stale = PARTS.map((part) => ({ ...part, stampFile: stampFile(part), stamp: sourceStamp(part) })).filter(
    ({ stampFile, stamp }) => readIfThere(stampFile) !== stamp,
  )
  if (stale.length === 0) return
  say('Building ...')
  for (const part of stale) await buildPart(part)
  say(`Built in ${seconds(started)}.`)
}

async function buildPart({ name, script: [owner, file], args, stampFile, stamp }) {
  const script = path.join(root, 'node_modules', owner, file)
  if (!existsSync(script)) throw new BootstrapError('The npm packages are not installed. Run: npm ci')
  const code = await run(process.execPath, [script, ...args], { stdio: ['ignore', 2, 2] })
  if (code !== 0) throw new BootstrapError(`The build of the ${name} failed; its messages stand above.`)
  mkdirSync(path.dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}

function stampFile({ name }) {
  return path.join(root, 'dist', '.stamps', name)
}

/** Names, sizes and times of all that a build reads: cheap, and a deleted or new file changes it as well. */
function sourceStamp({ sources }) {
  const hash = createHash('sha256').update(process.version)
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(path.join(root, file)))
  for (const folder of [...sources, 'build/config']) {
    for (const file of sourceFiles(path.join(root, folder))) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${path.relative(root, file)} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) return sourceFiles(file)
      return /\.(mjs|ts|tsx|json|css|html|png|svg)$/.test(entry.name) && !/\.(test|bench)\.tsx?$/.test(entry.name) ? [file] : []
    })
}

/** npm as it runs us, else the one in PATH. */
export function npm() {
  const script = process.env.npm_execpath
  if (script !== undefined && script !== '' && /\.[cm]?js$/.test(script))
    return { command: process.execPath, before: [script], shell: false }
  const onWindows = process.platform === 'win32'
  return { command: onWindows ? 'npm.cmd' : 'npm', before: [], shell: onWindows }
}

/** Resolves with the exit code; a command that is not there is a BootstrapError. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options })
    child.on('error', (error) => reject(new BootstrapError(`${command} could not be started: ${error.message}`)))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** The output of a short command, or undefined where it is not there or fails. */
export function outputOf(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' })
  return status === 0 ? `${stdout}${stderr}` : undefined
}

export const seconds = (started) => `${((Date.now() - started) / 1000).toFixed(1)} s`

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

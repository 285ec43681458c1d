// Stand-in for the development app that Electron brings along: `electron [-r module] [switches] FOLDER_OR_SCRIPT [arguments]`.
// An ES module with a top-level await on purpose: Electron holds `ready` back until the entry module has settled, so an application
// loaded from here runs before `ready`, exactly as a packaged one does (and one that awaits `ready` at its top level deadlocks here too).
import { existsSync, readFileSync, statSync } from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

await main().catch((error) => {
  process.stderr.write(`The application failed while it was loaded: ${error?.stack ?? error}\n`)
  app.exit(1)
})

async function main() {
  const { target, preloads } = readArguments(process.argv.slice(1))
  for (const preload of preloads) Module._load(path.resolve(preload), null, false)
  if (target === undefined) {
    process.stderr.write('usage: electron [-r MODULE] FOLDER_OR_SCRIPT [ARGUMENTS]\n')
    app.exit(2)
    return
  }
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true, configurable: false })
  const script = Module.createRequire(path.join(process.cwd(), 'x.js')).resolve(path.resolve(target))
  const folder = isFolder(target) ? path.resolve(target) : path.dirname(script)
  takeNames(manifestOf(folder))
  app.setAppPath(folder)
  if (isModule(script)) await import(pathToFileURL(script).href)
  else Module._load(script, Module, true)
}

function readArguments(args) {
  const preloads = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === '-r' || arg === '--require' || arg === '--import') {
      index++
      preloads.push(args[index])
    } else if (arg.startsWith('--require=')) preloads.push(arg.slice('--require='.length))
    else if (arg === '--version' || arg === '-v') {
      process.stdout.write(`v${process.versions.electron}\n`)
      process.exit(0)
    } else if (arg === '--') return { target: args[index + 1], preloads }
    else if (!arg.startsWith('-')) return { target: arg, preloads }
  }
  return { target: undefined, preloads }
}

/** What Electron's own development app sets from package.json. */
function takeNames({ version, productName, name, desktopName }) {
  if (version !== undefined) app.setVersion(version)
  const shown = productName ?? name
  if (shown !== undefined) {
    app.setName(shown)
    if (!app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', path.join(app.getPath('appData'), shown))
  }
  app.setDesktopName(desktopName ?? `${shown ?? 'electron'}.desktop`)
}

function isModule(script) {
  if (script.endsWith('.mjs')) return true
  if (!script.endsWith('.js')) return false
  for (let folder = path.dirname(script); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return manifestOf(folder).type === 'module'
    if (folder === path.dirname(folder)) return false
  }
}

function manifestOf(folder) {
  const file = path.join(folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function isFolder(name) {
  return existsSync(name) && statSync(name).isDirectory()
}

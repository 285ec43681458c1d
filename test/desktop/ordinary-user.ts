import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { electronPath } from './desktop-app.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** `nobody`, who owns nothing. */
const NOBODY = 65534
/** What the built app loads at run time; everything else is in its bundles. */
const LOADED = ['kafkajs', 'pino']

export interface OrdinaryStart {
  readonly executable: string
  readonly app: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * How to start the app as a user without rights. Root cannot have Chromium's sandbox, so where tests run as root the app is copied to
 * where `nobody` can read it and started as that user.
 */
export function ordinaryStart(folder: string): OrdinaryStart {
  if (process.getuid?.() !== 0) return { executable: electronPath(), app: ROOT, env: {} }
  const home = path.join(folder, 'home')
  const app = path.join(folder, 'app')
  chmodSync(folder, 0o755)
  for (const own of [home, path.join(folder, 'user'), path.join(folder, 'data')]) {
    mkdirSync(own, { recursive: true })
    chownSync(own, NOBODY, NOBODY)
  }
  copyApp(app)
  cpSync(path.dirname(electronPath()), path.join(folder, 'electron'), { recursive: true })
  const executable = path.join(folder, 'as-nobody')
  const command = path.join(folder, 'electron', path.basename(electronPath()))
  writeFileSync(executable, `#!/bin/sh\nexec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups "${command}" "$@"\n`)
  chmodSync(executable, 0o755)
  return { executable, app, env: { HOME: home, XDG_RUNTIME_DIR: home, ...screenAccess(folder) } }
}

function copyApp(app: string): void {
  mkdirSync(path.join(app, 'build'), { recursive: true })
  for (const part of ['package.json', 'build/desktop.mjs', 'dist/electron', 'dist/renderer'])
    cpSync(path.join(ROOT, part), path.join(app, part), { recursive: true })
  const copied = new Set<string>()
  const copy = (name: string): void => {
    const from = path.join(ROOT, 'node_modules', name)
    if (copied.has(name) || !existsSync(from)) return
    copied.add(name)
    cpSync(from, path.join(app, 'node_modules', name), { recursive: true })
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8'))
    for (const dependency of Object.keys(dependencies)) copy(dependency)
  }
  for (const name of LOADED) copy(name)
}

/** The key to the screen is root's file. */
function screenAccess(folder: string): Record<string, string> {
  const key = process.env.XAUTHORITY
  if (key === undefined) return {}
  const copy = path.join(folder, 'xauthority')
  cpSync(key, copy)
  chownSync(copy, NOBODY, NOBODY)
  return { XAUTHORITY: copy }
}

/** What Playwright lets Electron load first where it finds Electron itself: it holds the app back until somebody listens. */
export function playwrightLoader(): string {
  const manifest = createRequire(createRequire(import.meta.url).resolve('@playwright/test')).resolve('playwright-core/package.json')
  return path.join(path.dirname(manifest), 'lib/server/electron/loader.js')
}

import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string } // Our own file.

export const VERSION = version
export const DEB = path.join(ROOT, 'dist/package', `millrace_${version}_amd64.deb`)
/** Set by `npm run test:package -- --clean-debian`: the folder of that system. */
export const CLEAN_DEBIAN = process.env.MILLRACE_CLEAN_DEBIAN

/** All that the user may find besides the package: no Java, no Node. */
const TOOLS = ['sh', 'env', 'cat', 'dirname', 'readlink', 'sleep']
/** What a desktop has that knows types of documents and opens them. */
const DESKTOP = ['shared-mime-info', 'desktop-file-utils', 'libglib2.0-bin', 'xdg-utils']
/** Says what it opened, and stays until it is closed, as the first window of a browser does. */
const BROWSER = '#!/bin/sh\n[ -r "${1#file://}" ] && echo "$1" > "$HOME/opened"\nwhile [ ! -e "$HOME/closed" ]; do sleep 0.2; done\n'
/** `nobody`; `miller` in the clean Debian. */
const NOBODY = 65534
const MILLER = 1500

/** Millrace, installed from its Debian package, and a user without rights. */
export interface Installation {
  /** The folder of the program, and the user's home, as this process sees them. */
  readonly folder: string
  readonly home: string
  /** As the user sees the same file. */
  inside(file: string): string
  /** What starts a program as that user. */
  start(program: string, args: readonly string[]): ReturnType<typeof spawn>
  /** `millrace` as that user, to its end. */
  millrace(args: readonly string[], options?: RunOptions): Promise<Ended>
  /** Any program there. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<Ended>
}

export interface RunOptions {
  /** The screen of the test. Without it the user has none. */
  readonly screen?: boolean
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export function install(): Installation {
  return CLEAN_DEBIAN === undefined ? unpack() : installByApt(CLEAN_DEBIAN)
}

/** Where no clean system is at hand: the files of the package, used where they were unpacked. */
function unpack(): Installation {
  const folder = testFolder()
  execFileSync('dpkg-deb', ['-x', DEB, folder])
  const tools = path.join(folder, 'tools')
  mkdirSync(tools)
  for (const name of TOOLS)
    symlinkSync(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), path.join(tools, name))
  const program = path.join(folder, 'opt/millrace')
  // The link in usr/bin means the root of the system.
  symlinkSync(path.join(program, 'millrace'), path.join(tools, 'millrace'))
  writeFileSync(path.join(tools, 'xdg-open'), BROWSER, { mode: 0o755 })
  const home = path.join(folder, 'home')
  mkdirSync(home)
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(home, NOBODY, NOBODY)
  const asUser = isRoot ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'] : []
  return installation({ prefix: asUser, folder: program, home, tools, user: isRoot ? NOBODY : undefined, inside: (file) => file })
}

function installByApt(system: string): Installation {
  copyFileSync(DEB, path.join(system, 'tmp/millrace.deb'))
  const apt = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', '/tmp/millrace.deb', ...DESKTOP]
  execFileSync('chroot', [system, 'env', 'DEBIAN_FRONTEND=noninteractive', ...apt], { stdio: ['ignore', 'ignore', 'inherit'] })
  writeFileSync(path.join(system, 'usr/bin/x-www-browser'), BROWSER, { mode: 0o755 })
  const prefix = ['chroot', system, 'setpriv', `--reuid=${MILLER}`, `--regid=${MILLER}`, '--clear-groups']
  return installation({
    prefix,
    folder: path.join(system, 'opt/millrace'),
    home: path.join(system, 'home/miller'),
    tools: '/usr/bin:/bin',
    user: MILLER,
    inside: (file) => `/${path.relative(system, file)}`,
  })
}

/** apt removes the package, with its configuration. */
export function purge(system: string): void {
  execFileSync('chroot', [system, 'apt-get', 'purge', '-y', '-qq', 'millrace'], { stdio: ['ignore', 'ignore', 'inherit'] })
}

interface Parts {
  readonly prefix: readonly string[]
  readonly folder: string
  readonly home: string
  readonly tools: string
  readonly user: number | undefined
  inside(file: string): string
}

function installation({ prefix, folder, home, tools, user, inside }: Parts): Installation {
  const start = (program: string, args: readonly string[], screen = true): ReturnType<typeof spawn> => {
    const environment = [`HOME=${inside(home)}`, `PATH=${tools}`, 'LANG=C.UTF-8', ...(screen ? screenAccess(home, user, inside) : [])]
    const [command = 'env', ...before] = [...prefix, 'env', '-i', ...environment, program]
    // Not where this process is: the user may not read that.
    return spawn(command, [...before, ...args], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  }
  const run = (program: string, args: readonly string[], { screen = false }: RunOptions = {}): Promise<Ended> => {
    const child = start(program, args, screen)
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) child[name]?.on('data', (chunk: Buffer) => (said[name] += chunk.toString('utf8')))
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, ...said }))
    })
  }
  return { folder, home, inside, start, run, millrace: (args, options) => run('millrace', args, options) }
}

/** The key to the screen is root's file. */
function screenAccess(home: string, user: number | undefined, inside: (file: string) => string): readonly string[] {
  const { DISPLAY, XAUTHORITY } = process.env
  if (DISPLAY === undefined || XAUTHORITY === undefined) throw new Error('There is no screen. Run: npm run test:package')
  const copy = path.join(home, '.screen')
  if (!existsSync(copy)) {
    copyFileSync(XAUTHORITY, copy)
    chmodSync(copy, 0o600)
    if (user !== undefined) chownSync(copy, user, user)
  }
  return [`DISPLAY=${DISPLAY}`, `XAUTHORITY=${inside(copy)}`]
}

export function testFolder(): string {
  const folder = process.env.MILLRACE_PACKAGE_TEST
  if (folder === undefined) throw new Error('MILLRACE_PACKAGE_TEST does not say where to unpack. Run: npm run test:package')
  return folder
}

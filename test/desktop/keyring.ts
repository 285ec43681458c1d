import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A user's keyring of its own, unlocked, as a GNOME desktop has it. Electron finds it by `environment`. */
export interface Keyring {
  readonly environment: Readonly<Record<string, string>>
  /** Playwright tells every app to use no keyring; this takes it back. */
  readonly preload: string
  close(): void
}

export async function startKeyring(folder: string): Promise<Keyring> {
  const home = path.join(folder, 'keyring-home')
  mkdirSync(home, { recursive: true })
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const address = await firstLine(bus)
  const environment = {
    DBUS_SESSION_BUS_ADDRESS: address,
    // Chromium asks the keyring of the desktop that it believes to be in.
    XDG_CURRENT_DESKTOP: 'GNOME',
  }
  const own = { ...process.env, ...environment, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home }
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: own,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keyring.stdin.end('keyring-password')
  await untilThere(own)
  const preload = path.join(folder, 'use-keyring.cjs')
  writeFileSync(preload, "require('electron').app.commandLine.removeSwitch('password-store')\n")
  return {
    environment,
    preload,
    close() {
      keyring.kill()
      bus.kill()
    },
  }
}

/** It says nothing when it is up; the bus knows. */
async function untilThere(env: NodeJS.ProcessEnv): Promise<void> {
  const ask = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner']
  const deadlineMs = Date.now() + 20_000
  while (!spawnSync('dbus-send', [...ask, 'string:org.freedesktop.secrets'], { env, encoding: 'utf8' }).stdout?.includes('true')) {
    if (Date.now() > deadlineMs) throw new Error('The keyring did not come up. It needs the Debian packages gnome-keyring and dbus.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code} before it was up.`)))
  })
}

// npm run test:package: makes the packages, installs them and works with them. The .deb is unpacked where a user without rights, without
// Java and without Node in PATH uses it; with `--clean-debian` it is installed by apt into a Debian 12 of its own instead, and removed.
// `--built` takes the packages as they are in `dist/package`, with `--full` packed as they are released.
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { BootstrapError, outputOf, root, run, runScript, say } from '../bootstrap.mjs'
import { copyCleanDebian, withMounts } from './clean-debian.mjs'

const SWITCHES = ['--clean-debian', '--built', '--full']
const SCREEN = '-screen 0 1600x1000x24 -nolisten tcp'

await runScript(async () => {
  const given = process.argv.slice(2)
  const has = (name) => given.includes(name)
  const filters = given.filter((arg) => !SWITCHES.includes(arg))
  if (process.platform !== 'linux' || process.arch !== 'x64') return say('Packages are tested where they are made: on 64-bit Linux.')
  if (outputOf('sh', ['-c', 'command -v xvfb-run dpkg-deb']) === undefined)
    throw new BootstrapError('Packages are tested with xvfb-run and dpkg-deb. On Debian type: sudo apt-get install xvfb xauth dpkg')
  if (!has('--built')) await makePackages(has('--full'))
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-package-'))
  // For the user without rights.
  chmodSync(folder, 0o755)
  try {
    const tests = ['playwright', 'test', '--config', 'build/config/playwright.config.ts', '--project=package', ...filters]
    const screen = ['xvfb-run', '-a', '-s', SCREEN, path.join(root, 'node_modules/.bin', tests[0]), ...tests.slice(1)]
    const env = { ...process.env, MILLRACE_PACKAGE_TEST: folder }
    if (!has('--clean-debian')) return await run(screen[0], screen.slice(1), { env })
    const system = path.join(folder, 'debian')
    await copyCleanDebian(system)
    const [program, ...args] = withMounts(system, screen)
    return await run(program, args, { env: { ...env, MILLRACE_CLEAN_DEBIAN: system } })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

async function makePackages(full) {
  const script = path.join(root, 'build/package/package.mjs')
  const code = await run(process.execPath, [script, ...(full ? [] : ['folder', 'deb', '--quick'])], { stdio: ['ignore', 2, 2] })
  if (code !== 0 || !existsSync(path.join(root, 'dist/package')))
    throw new BootstrapError('The packages could not be made; the message stands above.')
}

// A Debian 12 that never saw Java, Node or Millrace, as a folder: made by debootstrap once, then copied for each test.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { BootstrapError, outputOf, root, run, say, seconds } from '../bootstrap.mjs'

const RELEASE = 'bookworm'
/** Name, major and minor number, as Linux gave them. */
const DEVICES = [
  ['null', 1, 3],
  ['zero', 1, 5],
  ['full', 1, 7],
  ['random', 1, 8],
  ['urandom', 1, 9],
  ['tty', 5, 0],
]
const kept = path.join(root, '.cache', `debian-${RELEASE}`)

/** Puts a copy of the clean system to `folder`, which must not be there. */
export async function copyCleanDebian(folder) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new BootstrapError('A clean Debian is made by debootstrap and entered by chroot; both want root on Linux.')
  if (!existsSync(kept)) await makeCleanDebian()
  await must('cp', ['-a', kept, folder])
  copyFileSync('/etc/resolv.conf', path.join(folder, 'etc/resolv.conf'))
  await must('chroot', [folder, 'useradd', '--create-home', '--uid', '1500', 'miller'])
}

/**
 * `command` (a program and its arguments) with what a kernel gives the system in `folder`: in a mount namespace of its own, and with devices
 * made for it. Nothing of this machine is mounted there, so that nothing that removes the folder can reach it.
 */
export function withMounts(folder, command) {
  const dev = path.join(folder, 'dev')
  const script = [
    `mount -t proc proc '${folder}/proc'`,
    `mount -t tmpfs -o mode=0755 tmpfs '${dev}'`,
    ...DEVICES.map(([name, major, minor]) => `mknod -m 0666 '${dev}/${name}' c ${major} ${minor}`),
    `ln -s /proc/self/fd '${dev}/fd'`,
    // Terminals of its own, on which apt writes its log.
    `mkdir '${dev}/pts' && mount -t devpts -o newinstance,ptmxmode=0666 devpts '${dev}/pts' && ln -s pts/ptmx '${dev}/ptmx'`,
    // Pages share memory there.
    `mkdir -m 1777 '${dev}/shm'`,
    'exec "$@"',
  ]
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script.join(' && '), 'sh', ...command]
}

async function makeCleanDebian() {
  if (outputOf('sh', ['-c', 'command -v debootstrap']) === undefined)
    throw new BootstrapError('debootstrap makes the clean Debian, and it is not there. On Debian type: sudo apt-get install debootstrap')
  const started = Date.now()
  say(`Making a clean Debian (${RELEASE}) ...`)
  const partial = `${kept}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(path.dirname(kept), { recursive: true })
  await must('debootstrap', ['--variant=minbase', '--include=ca-certificates', RELEASE, partial, ...mirror()])
  await must('chroot', [partial, 'apt-get', 'update', '-qq'])
  renameSync(partial, kept)
  say(`Made a clean Debian in ${seconds(started)}.`)
}

/** Where this machine takes its own packages from, if it is the same release. */
function mirror() {
  const listed = outputOf('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Created-By: Packages',
    `Codename: ${RELEASE}`,
    'Origin: Debian',
  ])
  const first = listed?.split('\n').find((line) => /^https?:/.test(line))
  return first === undefined ? [] : [first]
}

async function must(command, args) {
  const code = await run(command, args, { stdio: ['ignore', 'ignore', 2] })
  if (code !== 0) throw new BootstrapError(`${command} failed (${code}); its message stands above.`)
}

// The Debian package, written with dpkg-deb: what is tested here is what ships, on every machine that has dpkg. It runs no scripts when it
// is installed; the desktop's own triggers find the menu entry, the document type and the icons.
import { chmodSync, copyFileSync, cpSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { BootstrapError, root, run } from '../bootstrap.mjs'

const FOLDER = 'opt/millrace'
const here = path.join(root, 'build/package')

/** What Electron and the Java runtime link to, in Debian 12's names; later releases provide them by new ones. */
const DEPENDS = [
  'libasound2t64 | libasound2',
  ...[
    'libatk-bridge2.0-0',
    'libatk1.0-0',
    'libatspi2.0-0',
    'libc6 (>= 2.34)',
    'libcairo2',
    'libcups2',
    'libdbus-1-3',
    'libdrm2',
    'libexpat1',
  ],
  ...[
    'libgbm1',
    'libgcc-s1',
    'libglib2.0-0',
    'libgtk-3-0',
    'libnspr4',
    'libnss3',
    'libpango-1.0-0',
    'libstdc++6',
    'libudev1',
    'libx11-6',
    'libx11-xcb1',
  ],
  ...['libxcb1', 'libxcomposite1', 'libxdamage1', 'libxext6', 'libxfixes3', 'libxkbcommon0', 'libxrandr2', 'zlib1g'],
]
/** Keychain, opening the guide, menu entry, document type. */
const RECOMMENDS = ['libsecret-1-0', 'xdg-utils', 'desktop-file-utils', 'shared-mime-info', 'hicolor-icon-theme']

export async function writeDebianPackage({ appFolder, file, version, maintainer, compression, epoch }) {
  const tree = `${file}.tree`
  rmSync(tree, { recursive: true, force: true })
  try {
    fill(tree, appFolder)
    mkdirSync(path.join(tree, 'DEBIAN'))
    writeFileSync(path.join(tree, 'DEBIAN/control'), control({ version, maintainer, kibibytes: sizeOf(tree) }))
    const args = ['--root-owner-group', ...compression, '--build', tree, file]
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch) }
    const code = await run('dpkg-deb', args, { stdio: ['ignore', 'ignore', 2], env })
    if (code !== 0) throw new BootstrapError(`dpkg-deb could not write ${file}; its message stands above.`)
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

function fill(tree, appFolder) {
  cpSync(appFolder, path.join(tree, FOLDER), { recursive: true, verbatimSymlinks: true })
  // Where the kernel gives ordinary users no namespaces of their own, this one makes the sandbox of the pages.
  chmodSync(path.join(tree, FOLDER, 'chrome-sandbox'), 0o4755)
  put(tree, 'linux/millrace.desktop', 'usr/share/applications/millrace.desktop')
  put(tree, 'linux/millrace-mime.xml', 'usr/share/mime/packages/millrace.xml')
  put(tree, 'linux/millrace.metainfo.xml', 'usr/share/metainfo/millrace.metainfo.xml')
  put(tree, 'linux/copyright', 'usr/share/doc/millrace/copyright')
  for (const png of readdirSync(path.join(here, 'icon/png')))
    put(tree, `icon/png/${png}`, `usr/share/icons/hicolor/${path.basename(png, '.png')}/apps/millrace.png`)
  put(tree, 'icon/icon.svg', 'usr/share/icons/hicolor/scalable/apps/millrace.svg')
  mkdirSync(path.join(tree, 'usr/bin'))
  symlinkSync(`/${FOLDER}/millrace`, path.join(tree, 'usr/bin/millrace'))
}

function put(tree, from, to) {
  const file = path.join(tree, to)
  mkdirSync(path.dirname(file), { recursive: true })
  copyFileSync(path.join(here, from), file)
  chmodSync(file, 0o644)
}

function control({ version, maintainer, kibibytes }) {
  return `Package: millrace
Version: ${version}
Architecture: amd64
Maintainer: ${maintainer}
Installed-Size: ${kibibytes}
Depends: ${DEPENDS.join(', ')}
Recommends: ${RECOMMENDS.join(', ')}
Section: devel
Priority: optional
Description: Draw a pipeline for a stream of data and watch it run
 Millrace is for people who have a question about a stream. The answer is
 drawn as a small graph of sources, filters, time windows and sinks, and runs
 at once: on sample data, on files, or on Apache Kafka.
 .
 The package brings its own Kafka with a small Java runtime for work on this
 machine, and the command millrace, which runs the same documents without a
 window.
`
}

function sizeOf(folder) {
  const bytes = (file) => {
    const stat = lstatSync(file)
    return stat.isDirectory() ? readdirSync(file).reduce((sum, name) => sum + bytes(path.join(file, name)), 0) : stat.size
  }
  return Math.ceil(bytes(folder) / 1024)
}

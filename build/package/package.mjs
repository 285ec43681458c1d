// npm run package: the desktop app as it is given to people, in `dist/package`. On Linux a folder, a .tar.gz and a .deb; on Windows and
// macOS the installers of electron-builder. `-- folder deb` makes those alone, `--quick` packs them loosely.
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { BootstrapError, outputOf, root, run, runScript, say, seconds } from '../bootstrap.mjs'
import { buildApp } from './app-folder.mjs'
import { writeArchive } from './archive.mjs'
import { writeDebianPackage } from './debian-package.mjs'
import { removeStaleFiles } from './stale-files.mjs'

const FORMS = ['folder', 'archive', 'deb']
const MAINTAINER = 'The Millrace maintainers <maintainers@millrace.invalid>'

await runScript(async () => {
  const args = process.argv.slice(2)
  const quick = args.includes('--quick')
  const asked = args.filter((arg) => arg !== '--quick')
  const unknown = asked.filter((arg) => !FORMS.includes(arg))
  if (unknown.length > 0) throw new BootstrapError(`${unknown.join(', ')}: what can be made is ${FORMS.join(', ')}.`)
  const forms = new Set(asked.length > 0 ? asked : FORMS)

  const started = Date.now()
  removeStaleFiles()
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const output = path.join(root, 'dist/package')
  const folder = path.join(output, `millrace-${version}-linux-x64`)
  mkdirSync(output, { recursive: true })
  await buildApp({ output, folder, kafka: await kafkaFolder() })
  if (process.platform === 'linux') await writeLinuxPackages({ output, folder, version, quick, forms })
  say(`Packaged in ${seconds(started)}, in ${path.relative(root, output)}.`)
})

/** Kafka's jars and a small Java, made once for a version of them. */
async function kafkaFolder() {
  const folder = path.join(root, '.cache/kafka-runtime')
  const code = await run(process.execPath, [path.join(root, 'build/package/kafka-runtime.mjs'), '--out', folder], {
    stdio: ['ignore', 2, 2],
  })
  if (code !== 0) throw new BootstrapError('The Kafka of the package could not be made; the message stands above.')
  return folder
}

async function writeLinuxPackages({ output, folder, version, quick, forms }) {
  const epoch = sourceEpoch()
  if (forms.has('archive')) {
    const file = path.join(output, `millrace-${version}-linux-x64.tar.gz`)
    await writeArchive({ folder, file, epoch, level: quick ? 1 : 9 })
    saySize(file)
  }
  if (forms.has('deb')) {
    const file = path.join(output, `millrace_${version}_amd64.deb`)
    const compression = quick ? ['-Znone'] : ['-Zxz', '-z6']
    await writeDebianPackage({ appFolder: folder, file, version, maintainer: MAINTAINER, compression, epoch })
    saySize(file)
  }
}

/** The time of all files in a package: that of the commit, so that the same source gives the same package. */
function sourceEpoch() {
  const given = process.env.SOURCE_DATE_EPOCH ?? outputOf('git', ['log', '-1', '--format=%ct'])?.trim()
  return given !== undefined && /^\d+$/.test(given) ? Number(given) : Math.floor(Date.now() / 1000)
}

function saySize(file) {
  say(`${path.relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`)
}

// The application as a folder, with everything that it needs: Electron, the built program, a Kafka with its Java, examples, guide, licence
// texts. electron-builder packs it; on Windows and macOS it makes the installers in the same run.
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { BootstrapError, outputOf, root } from '../bootstrap.mjs'
import { electronBuilderConfig } from '../config/electron-builder.mjs'
import { findElectron } from '../electron.mjs'
import { buildSite } from '../site/build-site.mjs'
import { bundledPackages, jarLicences, npmLicences, writeLicences } from './licences.mjs'

/** What electron-builder calls the folder that it fills. */
const UNPACKED = 'linux-unpacked'

/**
 * Makes `folder` (Linux), or lets electron-builder put installers into `output`.
 * `kafka`: a folder with `jars/` and `java/`.
 */
export async function buildApp({ output, folder, kafka }) {
  const { build, Platform } = await import('electron-builder')
  const work = path.join(output, '.work')
  rmSync(work, { recursive: true, force: true })
  const guide = path.join(work, 'guide')
  buildSite(root, guide)
  const onLinux = process.platform === 'linux'
  const config = electronBuilderConfig({
    electron: await electronRuntime(),
    output: onLinux ? work : output,
    icons: path.join(root, 'build/package/icon/png'),
    kafka,
    guide,
    afterPack: ({ appOutDir, packager }) => finish(packager.getResourcesDir(appOutDir), appOutDir),
  })
  // Its loose `targets` are those of the configuration, for the system that it runs on.
  await build({ projectDir: root, targets: Platform.current().createTarget(), config, publish: 'never' })
  if (!onLinux) return rmSync(work, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  renameSync(path.join(work, UNPACKED), folder)
  rmSync(work, { recursive: true, force: true })
  openForAll(folder)
}

async function electronRuntime() {
  const executable = await findElectron()
  if (executable === undefined) throw new BootstrapError('There is no Electron for this machine: its binary could not be downloaded.')
  const folder = process.platform === 'darwin' ? path.resolve(executable, '../../../..') : path.dirname(executable)
  const versionFile = path.join(folder, 'version')
  if (!existsSync(versionFile)) throw new BootstrapError(`${folder} has no file "version", so nobody knows which Electron that is.`)
  return { folder, version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') }
}

/** What Electron's folder has for development, and what can only be told of the packed program: the licences of what is in it. */
async function finish(resources, appFolder) {
  for (const file of [path.join(resources, 'default_app.asar'), path.join(appFolder, '.millrace-recipe')]) rmSync(file, { force: true })
  const licences = path.join(resources, 'licences')
  writeLicences(licences, {
    'npm-packages.txt': npmLicences([
      ...packedPackages(path.join(resources, 'app.asar')),
      ...bundledPackages(path.join(root, 'dist/electron')),
      ...bundledPackages(path.join(root, 'dist/renderer')),
    ]),
    'kafka.txt': await jarLicences(path.join(resources, 'kafka', 'jars')),
  })
  cpSync(path.join(root, 'build/package/licence-texts/README.txt'), path.join(licences, 'README.txt'))
}

/** The npm packages that stand in the archive of the program, where they are installed here. */
function packedPackages(archive) {
  const manifests = listPackage(archive)
    .map((file) => file.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((file) => /^(node_modules\/(@[^/]+\/)?[^/@]+\/)+package\.json$/.test(file))
  return manifests.map((file) => {
    const folder = path.join(root, path.dirname(file))
    const packed = JSON.parse(extractFile(archive, file).toString('utf8'))
    if (JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version !== packed.version)
      throw new BootstrapError(`${archive} holds another ${packed.name} than node_modules. Type: npm run package`)
    return folder
  })
}

/** Whoever unpacked with a narrow umask would make a program that others cannot start. */
function openForAll(folder) {
  if (outputOf('chmod', ['-R', 'u=rwX,go=rX', folder]) === undefined) throw new BootstrapError(`The rights of ${folder} could not be set.`)
}

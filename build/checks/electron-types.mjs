// check:types, second half: electron/ compiles against the types of the substitute Electron, too (build/electron-runtime/), which lacks
// what later ones added. `tsc -b` has compiled it against those of the package. Run from anywhere: `node build/checks/electron-types.mjs`.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { BootstrapError, root, runScript, say } from '../bootstrap.mjs'
import { SUBSTITUTE_VERSION, unpackPackage } from '../electron-runtime/substitute-runtime.mjs'

const folder = path.join(root, '.cache', `electron-types-${SUBSTITUTE_VERSION}`)
export const types = path.join(folder, 'electron.d.ts')

/** Fetches the type file, once. */
export async function ensureElectronTypes() {
  if (existsSync(types)) return
  mkdirSync(folder, { recursive: true })
  const work = mkdtempSync(path.join(folder, 'work-'))
  try {
    // Packed and unpacked, not installed: installing would download the binary.
    await unpackPackage(`electron@${SUBSTITUTE_VERSION}`, work)
    cpSync(path.join(work, 'package', 'electron.d.ts'), types)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** What tsc has against it, a line each. */
export function checkElectronTypes(include = '../../electron/**/*.ts') {
  const project = path.join(folder, `tsconfig.${path.parse(include).name.replace('*', 'electron')}.json`)
  // The file declares the module `electron`, and a declared module wins over a found one; the empty one keeps the other types out.
  writeFileSync(path.join(folder, 'nothing.d.ts'), 'export {}\n')
  writeFileSync(project, JSON.stringify(projectFile(include), null, 2))
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false'], { cwd: root, encoding: 'utf8' })
  const complaints = stdout.split('\n').filter((line) => line !== '')
  // A compiler that breaks down says nothing there.
  return status === 0 || complaints.length > 0 ? complaints : [`tsc ended with ${status}: ${stderr.trim()}`]
}

function projectFile(include) {
  return {
    extends: '../../build/config/tsconfig.electron.json',
    compilerOptions: {
      paths: { electron: ['./nothing.d.ts'] },
      incremental: false,
      typeRoots: ['../../node_modules/@types'],
    },
    files: ['./electron.d.ts'],
    include: [include],
    exclude: ['../../electron/**/*.test.ts'],
    references: [{ path: '../../build/config/tsconfig.pure.json' }, { path: '../../build/config/tsconfig.runtime.json' }],
  }
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === import.meta.filename) {
  await runScript(async () => {
    try {
      await ensureElectronTypes()
    } catch (error) {
      if (!(error instanceof BootstrapError)) throw error
      say(`The types of Electron ${SUBSTITUTE_VERSION} could not be fetched, so electron/ was compiled against those of the package only.`)
      return 0
    }
    const complaints = checkElectronTypes()
    for (const line of complaints) console.error(line)
    return complaints.length === 0 ? 0 : 1
  })
}

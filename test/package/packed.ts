import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { testFolder, VERSION } from './installation.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** What `npm pack` makes of the program as it is built; `npm run test:package` has built it. */
export function packHeadless(): string {
  const folder = testFolder()
  const file = path.join(folder, `millrace-${VERSION}.tgz`)
  if (existsSync(file)) return file
  execFileSync(process.execPath, ['build/package/prepack.mjs'], { cwd: ROOT })
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return file
}

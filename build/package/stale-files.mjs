import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { root } from '../bootstrap.mjs'

/** The compiler leaves files behind whose sources are gone; those must not ship. */
export function removeStaleFiles() {
  const folder = path.join(root, 'dist/pipeline-runtime')
  for (const file of readdirSync(folder, { recursive: true })) {
    const [, name] = /^(.*?)(\.d\.ts|\.js|\.js\.map)$/.exec(file) ?? []
    if (name !== undefined && !existsSync(path.join(root, 'pipeline-runtime', `${name}.ts`))) rmSync(path.join(folder, file))
  }
}

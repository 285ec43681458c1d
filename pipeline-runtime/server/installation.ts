import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Refusal } from './refusal.ts'

/** Tells this installation's runs from those of others on the same cluster; made once. */
export function installationId(dataDir: string): string {
  const file = path.join(dataDir, 'installation-id')
  try {
    const known = readFileSync(file, 'utf8').trim()
    if (known !== '') return known
  } catch {
    // Made below.
  }
  const id = randomUUID()
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, `${id}\n`, { mode: 0o600 })
    return id
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // fs throws nothing else
    throw new Refusal('DATA_DIR_NOT_USABLE', `The folder ${dataDir}, where the state of runs is kept, cannot be written (${code}).`, {
      cause: error,
    })
  }
}

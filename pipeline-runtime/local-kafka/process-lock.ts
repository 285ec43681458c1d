import { open, readFile, rm } from 'node:fs/promises'
import { isAlive } from './process-facts.ts'

const RETRY_MS = 200

/** A lock file with the owner's process id. A lock whose owner is dead is taken away from it. `onWait` is told once that somebody else has it. */
export async function takeLock(file: string, onWait: () => void): Promise<() => Promise<void>> {
  for (let round = 0; ; round++) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // as: what node:fs throws
    }
    const owner = await lockOwner(file)
    if (owner !== undefined && !isAlive(owner)) await rm(file, { force: true })
    else if (round === 0) onWait()
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

/** Whether a living process has the lock. */
export async function isLocked(file: string): Promise<boolean> {
  const owner = await lockOwner(file)
  return owner !== undefined && isAlive(owner)
}

async function lockOwner(file: string): Promise<number | undefined> {
  const owner = Number(await readFile(file, 'utf8').catch(() => ''))
  return owner > 0 ? owner : undefined
}

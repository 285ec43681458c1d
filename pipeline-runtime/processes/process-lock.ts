import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '../data/error-code.ts'
import { beginOf, isAlive } from './process-facts.ts'

export interface LockHolder {
  readonly pid: number
  /** When the process began, where the system tells: numbers of processes are used again. */
  readonly began?: string | undefined
}

const RETRY_MS = 200
/** Several who find the lock of a dead process at once. */
const MOST_TRIES = 20

/**
 * A lock file that names its holder. Takes it, also from a holder that is dead, and answers nothing; where somebody has it, who.
 * The file is there with its content or not at all, so whoever crashes leaves a lock that can be judged. Throws what node:fs throws.
 */
export function takeLockFile(file: string): LockHolder | undefined {
  for (let tries = 1; ; tries++) {
    if (create(file)) return undefined
    const text = textOf(file)
    const holder = holderIn(text)
    if (holder !== undefined && isHeldBy(holder)) return holder
    if (tries === MOST_TRIES) throw new Error(`The lock ${file} cannot be taken, and nobody has it. Delete the file and try again.`)
    if (text !== undefined) takeAway(file, text)
  }
}

/** Waits for the lock. `onWait` is told once that somebody else has it. The answer lets go. */
export async function takeLock(file: string, onWait: () => void): Promise<() => void> {
  for (let round = 0; takeLockFile(file) !== undefined; round++) {
    if (round === 0) onWait()
    await sleep(RETRY_MS)
  }
  return () => releaseLock(file)
}

export function releaseLock(file: string): void {
  rmSync(file, { force: true })
}

/** Whether a living process has the lock. */
export function isLocked(file: string): boolean {
  const holder = holderIn(textOf(file))
  return holder !== undefined && isHeldBy(holder)
}

/** False where the file is there already. */
function create(file: string): boolean {
  const text = JSON.stringify({ pid: process.pid, began: beginOf(process.pid) } satisfies LockHolder)
  const whole = `${file}.${randomUUID().slice(0, 8)}`
  try {
    writeFileSync(whole, text)
    linkSync(whole, file)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // as: what node:fs throws
    if (code === 'EEXIST') return false
    // Some file systems know no second name for a file.
    if (code === 'EPERM' || code === 'ENOSYS' || code === 'ENOTSUP' || code === 'EOPNOTSUPP') return createInTwoSteps(file, text)
    throw error
  } finally {
    rmSync(whole, { force: true })
  }
}

function createInTwoSteps(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes the lock of a dead holder, unless another one has taken it since it was read. */
function takeAway(file: string, text: string): void {
  const aside = `${file}.${randomUUID().slice(0, 8)}`
  try {
    renameSync(file, aside)
    if (textOf(aside) !== text) linkSync(aside, file)
  } catch {
    // Somebody else was quicker: the next try sees what is there now.
  } finally {
    rmSync(aside, { force: true })
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function holderIn(text: string | undefined): LockHolder | undefined {
  try {
    const { pid, began } = JSON.parse(text ?? '') as Partial<LockHolder> // as: both are looked at before they are used
    return typeof pid === 'number' && pid > 0 ? { pid, began } : undefined
  } catch {
    return undefined
  }
}

function isHeldBy({ pid, began }: LockHolder): boolean {
  if (!isAlive(pid)) return false
  const now = beginOf(pid)
  return began === undefined || now === undefined || began === now
}

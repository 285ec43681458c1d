import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { TopicPosition } from '../connectors/log-port.ts'
import type { EngineSnapshot } from '../engine/snapshot.ts'
import { RunError } from './run-error.ts'

/** State and the positions that it covers, saved together. */
export interface SavedRun {
  readonly savedVersion: 1
  readonly specHash: string
  readonly engine: EngineSnapshot
  /** Bytes of each output file that belong to this state, by path as the document has it. */
  readonly fileLengths: Readonly<Record<string, number>>
  /** Where topics ended when the run began: one that reads to the end ends there also after a restart. */
  readonly endOffsets: readonly EndOffset[]
}

/** The end of a partition on one cluster. */
export interface EndOffset extends TopicPosition {
  readonly bootstrap: string
}

const savedRun = z.looseObject({
  savedVersion: z.literal(1),
  specHash: z.string(),
  engine: z.looseObject({}),
  fileLengths: z.record(z.string(), z.number()),
  endOffsets: z.array(z.looseObject({ bootstrap: z.string(), topic: z.string(), partition: z.number(), offset: z.number() })),
})

export class SnapshotFile {
  readonly file: string

  constructor(dataDir: string, pipeline: string, target: string) {
    this.file = path.join(pipelinesFolder(dataDir), `${pipeline}${targetPart(target)}`, 'snapshot.json')
  }

  get folder(): string {
    return path.dirname(this.file)
  }

  read(): SavedRun | undefined {
    let text: string
    try {
      text = readFileSync(this.file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw new RunError('SNAPSHOT_UNREADABLE', `The saved state ${this.file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    }
    try {
      const parsed = savedRun.parse(JSON.parse(text))
      // The engine checks its own part when it restores.
      return parsed as unknown as SavedRun
    } catch {
      throw new RunError(
        'SNAPSHOT_UNREADABLE',
        `The saved state ${this.file} is damaged. Move it away to start over: results would then be counted anew.`,
      )
    }
  }

  /** Atomic: a kill leaves either the old state or the new one. Returns how many bytes it takes. */
  write(run: SavedRun): number {
    const temporary = `${this.file}.new`
    const bytes = Buffer.from(JSON.stringify(run))
    try {
      mkdirSync(this.folder, { recursive: true })
      const descriptor = openSync(temporary, 'w', 0o600)
      try {
        writeFileSync(descriptor, bytes)
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
      renameSync(temporary, this.file)
      syncFolder(this.folder)
      return bytes.length
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOSPC' || code === 'EDQUOT') {
        throw new RunError(
          'DISK_FULL',
          `The disk is full: the state of the run cannot be saved to ${this.file}. Free room and run again; it continues from the last saved state.`,
        )
      }
      const problem = `The state of the run cannot be saved to ${this.file} (${code}).`
      throw new RunError('SNAPSHOT_NOT_WRITABLE', `${problem} Choose another folder with --data-dir.`, {
        onScreen: `${problem} Make the folder writable and run again.`,
      })
    }
  }

  /** Refuses a second run of the pipeline on this machine while one is alive. Returns what lets go. */
  lock(): () => void {
    const lockFile = path.join(this.folder, 'lock')
    try {
      mkdirSync(this.folder, { recursive: true })
      for (let attempt = 1; !takeLock(lockFile); attempt++) {
        const holder = readHolder(lockFile)
        if (holder !== undefined && isAlive(holder)) {
          throw new RunError(
            'PIPELINE_IN_USE',
            `This pipeline is running already, in process ${holder.pid}. One instance per pipeline for now: stop that one first.`,
          )
        }
        // Left behind by a process that was killed.
        rmSync(lockFile, { force: true })
        if (attempt > 3) throw new RunError('PIPELINE_IN_USE', `Another run of this pipeline is starting now (${lockFile}).`)
      }
    } catch (error) {
      if (error instanceof RunError) throw error
      const problem = `The folder ${this.folder} for the state of the run cannot be used (${(error as NodeJS.ErrnoException).code}).`
      throw new RunError('DATA_DIR_NOT_USABLE', `${problem} Choose another one with --data-dir.`, {
        onScreen: `${problem} Make it writable and run again.`,
      })
    }
    return () => rmSync(lockFile, { force: true })
  }

  remove(): void {
    rmSync(this.file, { force: true })
  }
}

/** What runs remember of a cluster whose topics are gone: their positions mean nothing any more. */
export function forgetRunsOn(dataDir: string, target: string): void {
  const folder = pipelinesFolder(dataDir)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (name.endsWith(targetPart(target))) rmSync(path.join(folder, name), { recursive: true, force: true })
}

function pipelinesFolder(dataDir: string): string {
  return path.join(dataDir, 'pipelines')
}

function targetPart(target: string): string {
  return `@${target.replaceAll(/[^A-Za-z0-9._-]+/g, '_')}`
}

interface LockHolder {
  readonly pid: number
  /** When the process began, where the system tells: numbers of processes are used again. */
  readonly began: string | undefined
}

/** False where the file is there already. */
function takeLock(lockFile: string): boolean {
  try {
    writeFileSync(lockFile, JSON.stringify({ pid: process.pid, began: beginOf(process.pid) }), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readHolder(lockFile: string): LockHolder | undefined {
  try {
    const { pid, began } = JSON.parse(readFileSync(lockFile, 'utf8')) as Partial<LockHolder>
    return typeof pid === 'number' ? { pid, began } : undefined
  } catch {
    return undefined
  }
}

function isAlive({ pid, began }: LockHolder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const { state, began: now } = statOf(pid)
  // Killed, and its parent has not asked for it yet.
  if (state === 'Z' || state === 'X') return false
  return began === undefined || now === undefined || began === now
}

function beginOf(pid: number): string | undefined {
  return statOf(pid).began
}

/** Fields 3 and 22 of proc(5)'s stat, counted behind the name in parentheses, which may hold blanks; undefined on other systems. */
function statOf(pid: number): { readonly state: string | undefined; readonly began: string | undefined } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], began: fields[19] }
  } catch {
    return { state: undefined, began: undefined }
  }
}

/** Makes the rename itself durable; not every file system lets a folder be synced. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Windows and some network file systems refuse this; the data itself is synced.
  }
}

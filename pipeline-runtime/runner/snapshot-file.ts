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
import { errorCode } from '../data/error-code.ts'
import type { EngineSnapshot } from '../engine/snapshot.ts'
import { releaseLock, takeLockFile } from '../processes/process-lock.ts'
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
      if (errorCode(error) === 'ENOENT') return undefined
      throw new RunError('SNAPSHOT_UNREADABLE', `The saved state ${this.file} cannot be read (${errorCode(error)}).`)
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
      const code = errorCode(error)
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
      const holder = takeLockFile(lockFile)
      if (holder !== undefined)
        throw new RunError(
          'PIPELINE_IN_USE',
          `This pipeline is running already, in process ${holder.pid}. One instance per pipeline for now: stop that one first.`,
        )
    } catch (error) {
      if (error instanceof RunError) throw error
      const problem = `The folder ${this.folder} for the state of the run cannot be used (${errorCode(error)}).`
      throw new RunError('DATA_DIR_NOT_USABLE', `${problem} Choose another one with --data-dir.`, {
        onScreen: `${problem} Make it writable and run again.`,
      })
    }
    return () => releaseLock(lockFile)
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

import path from 'node:path'
import { allowedPath } from '../connectors/files/allowed-path.ts'
import { LogError } from '../connectors/log-port.ts'
import type { BoundNode } from '../runner/bindings.ts'
import { filesOf } from '../runner/check-files.ts'
import { Refusal } from './refusal.ts'

/** What a document may use of the disk. */
export interface FolderAccess {
  /** Paths of the document are relative to it. */
  readonly folder: string
  readonly allowedFolders: readonly string[]
}

/**
 * The folders that documents may use: those that were granted, or with a root all of it and nothing else, ever. The page only names
 * folders; it cannot grant them.
 */
export class FileAccess {
  private readonly root: string | undefined
  /** Holds nothing and is never made: paths of a document without a folder lead nowhere. */
  private readonly nowhere: string
  private readonly granted = new Set<string>()

  constructor(options: { readonly root?: string | undefined; readonly dataDir: string }) {
    this.root = options.root === undefined ? undefined : path.resolve(options.root)
    this.nowhere = path.resolve(options.dataDir, 'not-saved')
  }

  allow(folder: string): void {
    if (this.root === undefined) this.granted.add(path.resolve(folder))
  }

  /** Access from a document's folder; '' is that of one that was never saved. Throws FILE_NOT_ALLOWED. */
  of(folder: string): FolderAccess {
    const allowedFolders = this.root === undefined ? [...this.granted] : [this.root]
    // In the one folder that is served, a document that was never saved stands where it will be saved.
    if (folder === '') return { folder: this.root ?? this.nowhere, allowedFolders }
    if (!path.isAbsolute(folder)) throw new Refusal('FILE_NOT_ALLOWED', `The folder ${folder} has to be an absolute path.`)
    // A folder counts as one that lies in an allowed one.
    const real = asAllowed(folder, folder, { folder: this.nowhere, allowedFolders })
    return { folder: real, allowedFolders }
  }

  /** Before a run: every file that it would read or write. */
  check(bound: readonly BoundNode<{ readonly type: string }>[], access: FolderAccess): void {
    for (const { path: file, nodeId } of filesOf(bound)) this.pathOf(file, access, nodeId)
  }

  /** The absolute path of a file as the document has it. */
  pathOf(file: string, access: FolderAccess, nodeId?: string): string {
    if (access.folder === this.nowhere && !path.isAbsolute(file)) {
      throw new Refusal(
        'DOCUMENT_NOT_SAVED',
        `${file} is looked for beside the document, and the document is not saved yet. Save it first, or choose the file again.`,
        { nodeId },
      )
    }
    return asAllowed(file, file, access, nodeId)
  }
}

function asAllowed(file: string, shown: string, access: FolderAccess, nodeId?: string): string {
  try {
    return allowedPath(file, access.folder, access.allowedFolders)
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    if (error.code !== 'PATH_OUTSIDE_FOLDER') throw new Refusal(error.code, error.message, { nodeId, cause: error })
    throw new Refusal(
      'FILE_NOT_ALLOWED',
      `${shown} lies outside of the folders that this document may use. Choose the file in the step again, or move it beside the document.`,
      { nodeId, cause: error },
    )
  }
}

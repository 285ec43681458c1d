import { allowedPath } from '../connectors/files/allowed-path.ts'
import type { BoundNode } from './bindings.ts'
import { RunError } from './run-error.ts'

interface FileUse {
  readonly nodeId: string
  readonly access: 'read' | 'write'
}

/** Before anything is opened: a file that is written must not be read or written by another node, since opening it for writing empties it. */
export function checkFiles(bound: readonly BoundNode[], folder: string, allowedFolders: readonly string[]): void {
  const uses = new Map<string, FileUse>()
  for (const { path, ...use } of filesOf(bound)) {
    const absolute = allowedPath(path, folder, allowedFolders)
    const other = uses.get(absolute)
    if (other !== undefined && (other.access === 'write' || use.access === 'write')) {
      const verbs = { read: 'reads', write: 'writes' } as const
      throw new RunError(
        'FILE_USED_TWICE',
        `${other.nodeId} ${verbs[other.access]} the file ${path}, and ${use.nodeId} ${verbs[use.access]} it. Give one of them another file.`,
        {
          nodeId: use.nodeId,
        },
      )
    }
    uses.set(absolute, use)
  }
}

/** Every file that a run uses, as the document has it. */
export function filesOf(bound: readonly BoundNode<{ readonly type: string }>[]): (FileUse & { readonly path: string })[] {
  return bound.flatMap((node): (FileUse & { readonly path: string })[] => {
    if (node.type === 'file') return [{ nodeId: node.node.id, access: node.access, path: node.path }]
    if (node.access !== 'read' || node.target.type !== 'sample') return []
    const { sample } = node.node.config as { readonly sample?: { readonly file?: unknown } } // Of a source, checked by the compiler.
    return typeof sample?.file === 'string' ? [{ nodeId: node.node.id, access: 'read', path: sample.file }] : []
  })
}

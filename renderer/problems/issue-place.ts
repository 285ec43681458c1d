import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { pointerParts } from '../../pipeline-runtime/spec/json.ts'
import type { Item } from '../state/item.ts'

export interface IssuePlace {
  /** What is selected to show the problem; undefined: the document as a whole. */
  readonly item: Item | undefined
  /** The field of the inspector; undefined where the problem is in the drawing (a link that is missing). */
  readonly path: readonly (string | number)[] | undefined
}

/** Where a problem is on the screen, from its path in the document: `/nodes/1/config/condition`. */
export function placeOfIssue(document: Document, issue: Issue): IssuePlace {
  const [part, index, section, ...rest] = pointerParts(issue.path)
  if (part === 'nodes' && index !== undefined) {
    const id = issue.nodeId ?? document.nodes[Number(index)]?.id
    const item: Item | undefined = id === undefined ? undefined : { type: 'node', id }
    if (section === 'config') return { item, path: rest.map(fieldPart) }
    return { item, path: section === undefined ? undefined : [] }
  }
  if (part === 'edges') {
    const edge = document.edges[Number(index)]
    if (edge !== undefined) return { item: { type: 'edge', edge }, path: undefined }
  }
  if (issue.nodeId !== undefined) return { item: { type: 'node', id: issue.nodeId }, path: undefined }
  const isSetting = part === 'name' || part === 'timeZone' || part === 'guarantee' || part === 'start' || part === 'stop'
  return { item: undefined, path: isSetting ? pointerParts(issue.path).map(fieldPart) : undefined }
}

/** Items of lists are numbers in the paths of the form. */
function fieldPart(part: string): string | number {
  return /^(0|[1-9]\d*)$/.test(part) ? Number(part) : part
}

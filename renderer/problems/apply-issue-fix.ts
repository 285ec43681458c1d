import { applyFix } from '../../pipeline-runtime/spec/apply-fix.ts'
import { documentSchema } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import type { Studio } from '../app/studio.ts'
import { type IssuePlace, placeOfIssue } from './issue-place.ts'

/** Mends a problem with its own fix: one step of the history. */
export function applyIssueFix(studio: Studio, issue: Issue): void {
  // The paths of a problem are those of the document that was checked.
  if (isCurrent(studio)) apply(studio, issue)
  else
    void studio.compiled.settled().then(({ issues }) =>
      apply(
        studio,
        issues.find((other) => isSame(issue, other)),
      ),
    )
}

function apply(studio: Studio, issue: Issue | undefined): void {
  if (issue?.fix === undefined) return
  const { document } = studio.documents.getState()
  const mended = documentSchema.safeParse(applyFix(document, issue.fix))
  if (!mended.success) {
    studio.announcer.say(`This fix does not fit any more: ${issue.fix.title}`)
    return
  }
  const { item } = placeOfIssue(document, issue)
  studio.documents.act({ label: asAct(issue.fix.title), changes: [{ type: 'replace', document: mended.data }], focus: item })
  studio.announcer.say(`Done: ${asAct(issue.fix.title)}`)
}

/** Shows what has the problem and puts the focus where it is mended: in the field, or on the canvas for what is drawn. */
export function goToIssue(studio: Studio, issue: Issue): void {
  const { document } = studio.documents.getState()
  const place = placeOfIssue(document, issue)
  studio.view.setState({ gallery: false })
  studio.selection.select(place.item)
  if (place.item !== undefined) studio.canvas.port?.reveal(place.item)
  focus(studio, place, issue)
}

function focus(studio: Studio, { item, path }: IssuePlace, issue: Issue): void {
  if (path === undefined) {
    studio.focus.go('canvas')
    return
  }
  const nodeId = item?.type === 'node' ? item.id : ''
  studio.focus.field({ nodeId, path, ...(issue.range === undefined ? {} : { range: issue.range }) })
}

function isCurrent({ compiled, documents }: Studio): boolean {
  return compiled.getState().document === documents.getState().document
}

function isSame(a: Issue, b: Issue): boolean {
  return a.code === b.code && a.nodeId === b.nodeId && a.message === b.message
}

/** `Use amount` completes "Undone: …" as `use amount`; `CAST …` stays. */
function asAct(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title
}

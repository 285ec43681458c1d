import type { Studio } from '../app/studio.ts'
import { countText, problemList } from './problem-list.ts'

const AFTER_TYPING_MS = 1000

/** Tells how many problems there are, once typing has stopped for a second and where the count is another one. Returns the way to stop. */
export function announceProblems({ compiled, documents, announcer, view }: Studio): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const count = (): string => countText(problemList(compiled.getState().issues, undefined, documents.getState().documentId))
  let said = count()
  let of = documents.getState().documentId
  const tell = (): void => {
    const text = count()
    const { documentId } = documents.getState()
    // Opening a document is told as such.
    if (text !== said && documentId === of && !view.getState().gallery)
      announcer.say(text === 'No problems.' ? text : `Problems: ${text}`, 'problems')
    said = text
    of = documentId
  }
  const stop = compiled.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(tell, AFTER_TYPING_MS)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

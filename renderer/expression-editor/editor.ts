import { EditorView } from '@codemirror/view'

export { ExpressionEditor } from './ExpressionEditor.tsx'

/** Selects a place in the text of the editor that has this element. */
export function selectInEditor(element: HTMLElement, { from, to }: { readonly from: number; readonly to: number }): void {
  const editor = EditorView.findFromDOM(element)
  if (editor === null) return
  const end = editor.state.doc.length
  editor.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) }, scrollIntoView: true })
}

import { EditorView } from '@codemirror/view'

/**
 * Typed letters are put into the editor's state at once instead of being read back from what the browser made of its page: where Chromium
 * replaces coloured text, it writes the colour into a style attribute, which the page's policy refuses and reports. Compositions (accents,
 * Chinese) stay with the browser.
 */
export const ownTyping = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { inputType, data, isComposing } = event
    if (inputType !== 'insertText' || data === null || isComposing || view.composing || view.state.readOnly) return false
    const { from, to } = view.state.selection.main
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true })
    // Others want to hear of what is typed: brackets close themselves there.
    const isTaken = view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, data, insert))
    if (!isTaken) view.dispatch(insert())
    event.preventDefault()
    return true
  },
})

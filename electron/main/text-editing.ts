import type { WebContents } from 'electron'

/** Commands of the menu that a text field does by itself. */
const EDITS = {
  'edit.undo': (contents) => contents.undo(),
  'edit.redo': (contents) => contents.redo(),
  'edit.cut': (contents) => contents.cut(),
  'edit.copy': (contents) => contents.copy(),
  'edit.paste': (contents) => contents.paste(),
  'edit.delete': (contents) => contents.delete(),
  'edit.select-all': (contents) => contents.selectAll(),
} as const satisfies Readonly<Record<string, (contents: WebContents) => void>>

/** Does a command of the menu in the text field that has the focus; false: no text field has it, and the command is the page's. */
export async function editText(contents: WebContents, command: string): Promise<boolean> {
  const edit = Object.entries(EDITS).find(([id]) => id === command)?.[1]
  if (edit === undefined || !(await textHasFocus(contents))) return false
  edit(contents)
  return true
}

async function textHasFocus(contents: WebContents): Promise<boolean> {
  const answer: unknown = await contents.executeJavaScript(`(() => {
    const focused = document.activeElement
    return focused !== null && (focused.matches('input, textarea, select') || focused.isContentEditable)
  })()`)
  return answer === true
}

import type { WebContents } from 'electron'
import { isTextEdit, textEdits } from './text-edits.ts'

/**
 * Does a command of the menu in the text that has the focus; false: no text has it, and the command is the page's. Pasting is always done
 * here: the page may not read the clipboard, and takes what is pasted onto the canvas from the event that this makes.
 */
export async function editText(contents: WebContents, command: string): Promise<boolean> {
  if (!isTextEdit(command)) return false
  if (command !== 'edit.paste' && !(await textHasFocus(contents, command === 'edit.copy'))) return false
  contents[textEdits[command]]()
  return true
}

/** Of text that is only shown, such as a log, what is marked can be copied. */
async function textHasFocus(contents: WebContents, orIsMarked: boolean): Promise<boolean> {
  const answer: unknown = await contents.executeJavaScript(`(() => {
    const focused = document.activeElement
    const marked = document.getSelection()
    const isField = focused !== null && (focused.matches('input, textarea') || focused.isContentEditable)
    return isField || (${orIsMarked} && marked !== null && !marked.isCollapsed)
  })()`)
  return answer === true
}

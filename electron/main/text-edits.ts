/** Commands of the menu that a text field does by itself, and what each is for Electron. */
export const textEdits = {
  'edit.undo': 'undo',
  'edit.redo': 'redo',
  'edit.cut': 'cut',
  'edit.copy': 'copy',
  'edit.paste': 'paste',
  'edit.delete': 'delete',
  'edit.select-all': 'selectAll',
} as const
export type TextEdit = keyof typeof textEdits

export function isTextEdit(command: string): command is TextEdit {
  return Object.hasOwn(textEdits, command)
}

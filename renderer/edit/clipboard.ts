import type { Studio } from '../app/studio.ts'
import { printShortcut } from '../dialogs/print-shortcut.ts'
import { counted } from '../format/counted.ts'
import { copiedItems, readCopied } from './copied-items.ts'
import { copyText } from './copy-text.ts'
import { deleteSelection } from './delete.ts'
import { pasteItems } from './paste-items.ts'
import { tell } from './tell.ts'

const MIME = 'text/plain'

/** The text to put into the clipboard; undefined, and words for the user, where nothing that can be copied is selected. */
function copiedText(studio: Studio): string | undefined {
  const items = copiedItems(studio)
  if (items === undefined) {
    tell(studio, 'Select steps or notes to copy them.')
    return undefined
  }
  return `${JSON.stringify(items, undefined, 2)}\n`
}

export async function copySelection(studio: Studio): Promise<boolean> {
  const text = copiedText(studio)
  if (text === undefined) return false
  if (!(await copyText(text))) {
    tell(studio, `The clipboard could not be written. Press ${printShortcut('Mod+C', studio.capabilities.platform)} on the canvas.`)
    return false
  }
  sayCopied(studio)
  return true
}

export async function cutSelection(studio: Studio): Promise<void> {
  if (await copySelection(studio)) deleteSelection(studio)
}

export async function pasteFromClipboard(studio: Studio): Promise<void> {
  let text: string
  try {
    text = await navigator.clipboard.readText()
  } catch {
    tell(studio, `The clipboard could not be read. Press ${printShortcut('Mod+V', studio.capabilities.platform)} on the canvas.`)
    return
  }
  pasteText(studio, text)
}

/** Pastes what a text holds; anything else than copied steps is refused in words and changes nothing. */
export function pasteText(studio: Studio, text: string): void {
  const read = readCopied(text)
  if ('refusal' in read) tell(studio, `Nothing was pasted. ${read.refusal}`)
  else pasteItems(studio, read.items, 'paste')
}

/** The keys for it go through the browser's own clipboard events, which need no permission. */
export function takeClipboardEvents(studio: Studio, isOurs: (target: EventTarget | null) => boolean): () => void {
  const onCopy = (event: ClipboardEvent): void => {
    if (event.defaultPrevented || !isOurs(event.target) || hasSelectedText()) return
    const text = copiedText(studio)
    if (text === undefined) return
    event.preventDefault()
    event.clipboardData?.setData(MIME, text)
    if (event.type === 'cut') deleteSelection(studio)
    else sayCopied(studio)
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (event.defaultPrevented || !isOurs(event.target)) return
    event.preventDefault()
    pasteText(studio, event.clipboardData?.getData(MIME) ?? '')
  }
  const forget = sendToFocus()
  document.addEventListener('copy', onCopy)
  document.addEventListener('cut', onCopy)
  document.addEventListener('paste', onPaste)
  return () => {
    forget()
    document.removeEventListener('copy', onCopy)
    document.removeEventListener('cut', onCopy)
    document.removeEventListener('paste', onPaste)
  }
}

const EVENTS = ['copy', 'cut', 'paste'] as const

/** Some browsers send these events to where text was last selected or pressed, wherever the focus went by keys. What has the focus is meant. */
function sendToFocus(): () => void {
  const redirect = (event: ClipboardEvent): void => {
    const { activeElement } = document
    if (!event.isTrusted || !(event.target instanceof Node) || activeElement === null || activeElement === document.body) return
    if (activeElement.contains(event.target)) return
    event.stopImmediatePropagation()
    const { clipboardData } = event
    const meant = new ClipboardEvent(event.type, { clipboardData, bubbles: true, cancelable: true })
    if (!activeElement.dispatchEvent(meant)) event.preventDefault()
  }
  for (const name of EVENTS) document.addEventListener(name, redirect, { capture: true })
  return () => {
    for (const name of EVENTS) document.removeEventListener(name, redirect, { capture: true })
  }
}

function sayCopied(studio: Studio): void {
  const items = copiedItems(studio)
  if (items === undefined) return
  const what = [counted(items.nodes.length, 'step'), counted(items.notes.length, 'note')].filter((part) => part !== '').join(' and ')
  studio.announcer.say(`${what} copied.`)
}

/** Text that the user marked somewhere is what they mean to copy. */
function hasSelectedText(): boolean {
  const selection = document.getSelection()
  return selection !== null && !selection.isCollapsed && selection.toString() !== ''
}

import type { Studio } from '../app/studio.ts'
import { keepMove } from '../edit/move-mode.ts'
import type { ModeName } from '../state/mode-store.ts'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { runCommand } from './run-command.ts'

/** What of a key press matters: a `KeyboardEvent`, or the same in a test. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Where the focus is, as far as keys care. */
export type KeyPlace =
  /** The canvas itself. */
  | 'canvas'
  /** The tree of the outline: letters are chords there, and the arrows its own. */
  | 'outline'
  /** A text that is being written. */
  | 'field'
  /** A dialog, a menu or a list: their keys are their own. */
  | 'popup'
  | 'elsewhere'

/** `Mod+Shift+Z`, `ArrowLeft`, `Shift+C`, `?`: the key as commands name it. Undefined for what no command can be. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress, mac: boolean): string | undefined {
  if (altKey) return undefined
  const mod = mac ? metaKey : ctrlKey
  if (mac ? ctrlKey : metaKey) return undefined
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  // A sign such as ? or + is what it is, with Shift or without: keyboards differ.
  const isSign = key.length === 1 && !/[a-z0-9 ]/i.test(key)
  return `${mod ? 'Mod+' : ''}${shiftKey && !isSign ? 'Shift+' : ''}${name}`
}

/** Keys that do on the outline what they do on the canvas, without a chord. */
const inOutlineToo = new Set(['Delete', 'Shift+Delete', 'Backspace', 'Shift+Backspace', 'F2', 'Insert', '/', 'Shift+F10', 'ContextMenu'])

/** The command that a key stands for at a place and in a mode of the canvas. */
export function commandFor(shortcut: string, place: KeyPlace, mode: ModeName): Command | undefined {
  const has = ({ shortcuts }: Command): boolean => shortcuts?.includes(shortcut) === true
  if (place === 'popup') return undefined
  if (place === 'canvas' || (place === 'outline' && (isKeyMode(mode) || inOutlineToo.has(shortcut)))) {
    const found = commands.find((command) => command.scope === 'canvas' && has(command) && (command.modes ?? ['walk']).includes(mode))
    if (found !== undefined) return found
  }
  const everywhere = commands.find((command) => command.scope === 'everywhere' && has(command))
  if (everywhere === undefined || place !== 'field') return everywhere
  const stays = everywhere.notInFields === true || !(shortcut.startsWith('Mod+') || /(^|\+)F\d+$/.test(shortcut))
  return stays ? undefined : everywhere
}

/** Modes whose arrow keys win over those of the outline. */
const isKeyMode = (mode: ModeName): boolean => mode === 'move' || mode === 'edge'

/** The mode that keys are in: a link that was clicked is walked like one that was reached by `E`. */
export function keyMode({ mode, selection }: Studio): ModeName {
  const { type } = mode.getState()
  return type === 'walk' && selection.getState().active?.type === 'edge' ? 'edge' : type
}

/** Runs what a letter stands for while walking: the chord "G, then letter" of the outline. */
export function runCanvasCommandByLetter(studio: Studio, letter: string, shift = false): boolean {
  const shortcut = /^[a-z]$/i.test(letter) ? `${shift ? 'Shift+' : ''}${letter.toUpperCase()}` : letter
  const command = commandFor(shortcut, 'canvas', 'walk')
  if (command === undefined || command.scope !== 'canvas') return false
  return run(studio, command)
}

/** Runs the command of a key; whether there was one that could be run. */
export function pressKey(studio: Studio, press: KeyPress, place: KeyPlace): boolean {
  const shortcut = shortcutOf(press, studio.capabilities.platform === 'darwin')
  if (shortcut === undefined) return false
  const command = commandFor(shortcut, place, keyMode(studio))
  return command === undefined || command.byEvent === true ? false : run(studio, command)
}

function run(studio: Studio, command: Command): boolean {
  // Whatever else is done ends a move: it is kept.
  if (studio.mode.getState().type === 'move' && command.modes?.includes('move') !== true) keepMove(studio)
  if (command.enabled?.(studio) === false) return false
  void runCommand(studio, command)
  return true
}

/** What comes next finds in the document what was typed before. */
const USER_ACTS = ['keydown', 'pointerdown', 'click', 'focusout', 'paste', 'drop'] as const

/** Key dispatch of the whole page. Views that handle a key themselves prevent its default. */
export function installKeys(studio: Studio, page: Window = window): () => void {
  // By the time that a key comes here, the list under a field may be closed by it.
  let hadList = false
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const place = placeOf(event.target)
    if (pressKey(studio, event, place)) event.preventDefault()
    else if (event.key === 'Escape' && !hadList && isInPanel(event.target, place) && studio.canvas.port !== undefined) {
      event.preventDefault()
      studio.focus.go('canvas')
    }
  }
  // The outline has arrows of its own, which must not win while something is moved.
  const onKeyFirst = (event: KeyboardEvent): void => {
    hadList = event.target instanceof Element && event.target.hasAttribute('data-expanded')
    if (event.isComposing || placeOf(event.target) !== 'outline' || !isKeyMode(studio.mode.getState().type)) return
    if (!pressKey(studio, event, 'outline')) return
    event.preventDefault()
    event.stopPropagation()
  }
  const onPointer = (): void => {
    if (studio.mode.getState().type === 'move') keepMove(studio)
  }
  const settle = (): void => studio.documents.settle()
  for (const type of USER_ACTS) page.addEventListener(type, settle, { capture: true })
  page.addEventListener('keydown', onKey)
  page.addEventListener('keydown', onKeyFirst, { capture: true })
  page.addEventListener('pointerdown', onPointer, { capture: true })
  return () => {
    for (const type of USER_ACTS) page.removeEventListener(type, settle, { capture: true })
    page.removeEventListener('keydown', onKey)
    page.removeEventListener('keydown', onKeyFirst, { capture: true })
    page.removeEventListener('pointerdown', onPointer, { capture: true })
  }
}

/** Where Esc leads back to the canvas; an editor of expressions is left by Tab, as it says. */
function isInPanel(target: EventTarget | null, place: KeyPlace): boolean {
  if (place !== 'field') return place === 'elsewhere' || place === 'outline'
  if (!(target instanceof HTMLElement) || target.isContentEditable) return false
  return target.closest('[role="dialog"],[role="alertdialog"]') === null
}

const TEXT_INPUT = /^(text|search|url|tel|email|password|number|date|time|datetime-local)$/

/** Where an element is, for keys. */
export function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return 'elsewhere'
  if (target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TEXT_INPUT.test(target.type))) return 'field'
  if (target instanceof HTMLElement && target.isContentEditable) return 'field'
  if (target.closest('[role="dialog"],[role="menu"],[role="listbox"],[role="alertdialog"]') !== null) return 'popup'
  if (target.closest('[role="tree"]') !== null) return 'outline'
  if (target.closest('[data-canvas]') !== null) return 'canvas'
  return 'elsewhere'
}

import { describe, expect, test } from 'vitest'
import { editStudio, purchases } from '../edit/edit-studio.contract.ts'
import type { ModeName } from '../state/mode-store.ts'
import { commands } from './commands.ts'
import { commandFor, type KeyPress, pressKey, runCanvasCommandByLetter, shortcutOf } from './keys.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('no key stands for two commands at one place and in one mode', () => {
  const seen = new Map<string, string>()
  for (const { id, scope, shortcuts = [], modes = ['walk'] } of commands) {
    for (const shortcut of shortcuts) {
      for (const mode of scope === 'everywhere' ? ['everywhere'] : modes) {
        const key = `${mode} ${shortcut}`
        expect(seen.get(key), `${key} is ${id} and ${seen.get(key)}`).toBeUndefined()
        seen.set(key, id)
      }
    }
  }
})

describe('a key as commands name it', () => {
  test.each([
    [press('z', { ctrlKey: true }), false, 'Mod+Z'],
    [press('Z', { ctrlKey: true, shiftKey: true }), false, 'Mod+Shift+Z'],
    [press('z', { metaKey: true }), true, 'Mod+Z'],
    [press('z', { metaKey: true }), false, undefined],
    [press('?', { shiftKey: true }), false, '?'],
    [press('+', { shiftKey: true }), false, '+'],
    [press('C', { shiftKey: true }), false, 'Shift+C'],
    [press(' '), false, 'Space'],
    [press('ArrowLeft', { shiftKey: true }), false, 'Shift+ArrowLeft'],
    [press('ArrowLeft', { altKey: true }), false, undefined],
  ])('%o', (event, mac, expected) => {
    expect(shortcutOf(event, mac)).toBe(expected)
  })
})

describe('which command a key stands for', () => {
  const id = (shortcut: string, place: Parameters<typeof commandFor>[1], mode: ModeName = 'walk') => commandFor(shortcut, place, mode)?.id

  test('letters belong to the canvas', () => {
    expect(id('C', 'canvas')).toBe('canvas.connect')
    for (const place of ['field', 'elsewhere', 'popup', 'outline'] as const) expect(id('C', place)).toBeUndefined()
  })

  test('what is not built has no key', () => {
    for (const shortcut of ['B', 'G', 'Mod+K', 'Mod+F', 'F5']) expect(id(shortcut, 'canvas')).toBeUndefined()
  })

  test('a text field keeps its own keys', () => {
    for (const shortcut of ['Mod+Z', 'Mod+Y', 'Mod+X', 'Mod+C', 'Mod+V', 'Mod+A', 'Mod+D', 'Delete', 'Enter', '?', 'Escape']) {
      expect(id(shortcut, 'field'), shortcut).toBeUndefined()
    }
    expect(id('Mod+S', 'field')).toBe('file.save')
    expect(id('Mod+Enter', 'field')).toBe('run.start')
    expect(id('F6', 'field')).toBe('view.next-region')
    expect(id('Mod+Z', 'elsewhere')).toBe('edit.undo')
  })

  test('modes have their own', () => {
    expect(id('ArrowRight', 'canvas', 'move')).toBe('canvas.move-right')
    expect(id('ArrowRight', 'outline', 'move')).toBe('canvas.move-right')
    expect(id('ArrowRight', 'canvas', 'edge')).toBe('canvas.link-target')
    expect(id('ArrowRight', 'outline')).toBeUndefined()
    expect(id('Delete', 'outline')).toBe('edit.delete')
    expect(id('C', 'canvas', 'move')).toBeUndefined()
  })
})

describe('pressing', () => {
  test('walks, selects on and comes back', () => {
    const studio = editStudio(purchases)
    const at = () => {
      const { active } = studio.selection.getState()
      return active?.type === 'node' ? active.id : active?.type
    }
    const go = (key: string, shiftKey = false) => {
      expect(pressKey(studio, press(key, { shiftKey }), 'canvas')).toBe(true)
      return at()
    }
    expect(go('ArrowRight')).toBe('purchases')
    expect(go('ArrowRight')).toBe('paid')
    expect(go('ArrowRight')).toBe('per_country')
    expect(go('ArrowRight', true)).toBe('revenue')
    expect(studio.selection.getState().selected.size).toBe(2)
    expect(go('ArrowDown')).toBe('late')
    expect(studio.selection.getState().selected.size).toBe(2)
    expect(go(' ')).toBe('late')
    expect(studio.selection.getState().selected.size).toBe(3)
    expect(go('Escape')).toBe('late')
    expect(studio.selection.getState().selected.size).toBe(1)
    expect(go('ArrowLeft')).toBe('per_country')
    expect(go('End')).toBe('broken')
    expect(go('Home')).toBe('purchases')
    expect(studio.said.at(-1)).toMatch(/^1 of 6\. /)
  })

  test('the links of a step', () => {
    const studio = editStudio(purchases)
    studio.selection.select({ type: 'node', id: 'per_country' })
    const go = (key: string) => {
      expect(pressKey(studio, press(key), 'canvas')).toBe(true)
      const { active } = studio.selection.getState()
      return active?.type === 'edge' ? active.edge.to : active?.type === 'node' ? active.id : undefined
    }
    expect(go('e')).toBe('revenue.in')
    expect(go('ArrowDown')).toBe('late.in')
    expect(go('ArrowDown')).toBe('per_country.in')
    expect(go('Home')).toBe('revenue.in')
    expect(go('Escape')).toBe('per_country')
    expect(go('e')).toBe('revenue.in')
    expect(go('ArrowRight')).toBe('revenue')
    expect(studio.mode.getState().type).toBe('walk')
    studio.selection.select({ type: 'edge', edge: { from: 'paid.out', to: 'per_country.in' } })
    expect(go('ArrowLeft')).toBe('paid')
    go('e')
    expect(go('Delete')).toBe('paid')
    expect(studio.documents.getState().document.edges).toHaveLength(4)
  })

  test('the data at a link: its step, its port, the focus in the dock', () => {
    const studio = editStudio(purchases)
    studio.selection.select({ type: 'edge', edge: { from: 'per_country.late', to: 'late.in' } })
    pressKey(studio, press('Enter'), 'canvas')
    expect(studio.view.getState()).toMatchObject({ dockTab: 'data', dataTab: 'out', dataPort: 'late' })
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'per_country' })
    expect(studio.went).toEqual(['dock'])
  })

  test('another command ends a move and keeps it', () => {
    const studio = editStudio(purchases)
    studio.selection.select({ type: 'node', id: 'paid' })
    for (const key of ['m', 'ArrowDown', 'ArrowDown']) pressKey(studio, press(key), 'canvas')
    pressKey(studio, press('a', { ctrlKey: true }), 'canvas')
    expect(studio.documents.getState().document.layout.paid).toEqual({ x: 368, y: 32 })
    pressKey(studio, press('z', { ctrlKey: true }), 'elsewhere')
    expect(studio.documents.getState().document.layout.paid).toEqual({ x: 368, y: 0 })
  })

  test('the clipboard keys are left to the browser', () => {
    const studio = editStudio(purchases)
    studio.selection.select({ type: 'node', id: 'paid' })
    expect(pressKey(studio, press('c', { ctrlKey: true }), 'canvas')).toBe(false)
    expect(pressKey(studio, press('v', { ctrlKey: true }), 'canvas')).toBe(false)
  })

  test('chords of the outline are the same commands', () => {
    const studio = editStudio(purchases)
    studio.selection.select({ type: 'node', id: 'paid' })
    expect(runCanvasCommandByLetter(studio, 'c')).toBe(true)
    expect(studio.mode.getState()).toMatchObject({ type: 'connect', nodeId: 'paid', direction: 'out' })
    studio.mode.leave()
    expect(runCanvasCommandByLetter(studio, 'c', true)).toBe(true)
    expect(studio.mode.getState()).toMatchObject({ type: 'connect', direction: 'into' })
    studio.mode.leave()
    expect(runCanvasCommandByLetter(studio, 'b')).toBe(false)
    runCanvasCommandByLetter(studio, 'w')
    expect(studio.said.at(-1)).toMatch(/^Only paid: no figures yet/)
  })

  test('problems one after the other', () => {
    const studio = editStudio({ ...purchases, edges: purchases.edges.slice(0, 2) })
    pressKey(studio, press('p'), 'canvas')
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'purchases' })
    pressKey(studio, press('p'), 'canvas')
    expect(studio.selection.getState().active).toEqual({ type: 'node', id: 'per_country' })
  })
})

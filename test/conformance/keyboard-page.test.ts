import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../renderer/commands/command.ts'
import { commands } from '../../renderer/commands/commands.ts'
import { printShortcut } from '../../renderer/dialogs/print-shortcut.ts'
import type { ModeName } from '../../renderer/state/mode-store.ts'

// docs/guide/keyboard.md has every key of every command, in the section where it works, and no other.

const page = readFileSync(new URL('../../docs/guide/keyboard.md', import.meta.url), 'utf8')

const sections: readonly (readonly [heading: string, holds: (command: Command) => boolean])[] = [
  ['Everywhere', ({ scope }) => scope === 'everywhere'],
  ['On the canvas', (command) => worksIn(command, 'walk')],
  ['While moving', (command) => worksIn(command, 'move')],
  ['On the links of a step', (command) => worksIn(command, 'edge')],
]

describe('the page about keys', () => {
  it.each(sections)('%s: the commands and their keys', (heading, holds) => {
    const expected = commands.filter((command) => keysOf(command).length > 0 && holds(command)).map(rowOf)
    expect(expected.length).toBeGreaterThan(0)
    expect(rowsOf(heading)).toEqual(expected.sort())
  })
})

function worksIn({ scope, modes = ['walk'] }: Command, mode: ModeName): boolean {
  return scope === 'canvas' && modes.includes(mode)
}

function keysOf({ shortcuts = [] }: Command): readonly string[] {
  return shortcuts.map((shortcut) => `\`${printShortcut(shortcut, 'linux')}\``)
}

function rowOf(command: Command): string {
  return `${keysOf(command).join(' ')} | ${command.title}`
}

/** Of a section all lines of its tables that begin with a key, without what a third column adds. */
function rowsOf(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 3)
        .join('|')
        .trim()
        .replaceAll(/ *\| */g, ' | '),
    )
    .sort()
}

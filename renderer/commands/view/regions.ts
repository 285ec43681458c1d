import type { Command } from '../command.ts'

export const nextRegion: Command = {
  id: 'view.next-region',
  title: 'Next part of the window',
  shortcuts: ['F6'],
  scope: 'everywhere',
  run: ({ focus }) => focus.step(1),
}

export const previousRegion: Command = {
  id: 'view.previous-region',
  title: 'Previous part of the window',
  shortcuts: ['Shift+F6'],
  scope: 'everywhere',
  run: ({ focus }) => focus.step(-1),
}

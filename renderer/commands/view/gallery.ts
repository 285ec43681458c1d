import type { Command } from '../command.ts'

export const gallery: Command = {
  id: 'view.gallery',
  title: 'Gallery',
  menu: 'view',
  scope: 'everywhere',
  checked: ({ view }) => view.getState().gallery,
  run: ({ view }) => view.setState(({ gallery }) => ({ gallery: !gallery })),
}

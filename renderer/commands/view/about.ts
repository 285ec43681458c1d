import type { Command } from '../command.ts'

export const about: Command = {
  id: 'view.about',
  title: 'About Millrace',
  menu: 'help',
  scope: 'everywhere',
  run: ({ view }) => view.setState({ dialog: { type: 'about' } }),
}

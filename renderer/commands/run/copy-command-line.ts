import { copyCommandLine as copy } from '../../run/export-spec.ts'
import type { Command } from '../command.ts'

export const copyCommandLine: Command = {
  id: 'run.copy-command-line',
  title: 'Copy command line',
  menu: 'run',
  scope: 'everywhere',
  enabled: ({ view }) => !view.getState().gallery,
  run: copy,
}

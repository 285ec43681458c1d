import { startRun } from '../../run/run-control.ts'
import type { Command } from '../command.ts'

export const start: Command = {
  id: 'run.start',
  title: 'Run',
  menu: 'run',
  shortcuts: ['Mod+Enter'],
  scope: 'everywhere',
  enabled: ({ view, runs }) => !view.getState().gallery && !runs.getState().starting,
  run: startRun,
}

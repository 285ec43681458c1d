import { stopRun } from '../../run/run-control.ts'
import { isUnderWay } from '../../state/run-store.ts'
import type { Command } from '../command.ts'

export const stop: Command = {
  id: 'run.stop',
  title: 'Stop',
  menu: 'run',
  shortcuts: ['Mod+Shift+Enter'],
  scope: 'everywhere',
  enabled: ({ runs }) => runs.getState().starting || isUnderWay(runs.getState().run),
  run: stopRun,
}

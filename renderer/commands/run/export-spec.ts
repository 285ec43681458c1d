import { hasErrors } from '../../../pipeline-runtime/spec/issue.ts'
import { exportSpec as write } from '../../run/export-spec.ts'
import type { Command } from '../command.ts'

export const exportSpec: Command = {
  id: 'run.export-spec',
  title: 'Export spec as JSON…',
  menu: 'file',
  scope: 'everywhere',
  enabled: ({ view, compiled }) => !view.getState().gallery && !hasErrors(compiled.getState().issues),
  run: write,
}

import type { Studio } from '../app/studio.ts'
import { stopRun } from '../run/run-control.ts'
import { isUnderWay } from '../state/run-store.ts'
import { ask } from '../state/view-store.ts'
import { mayLeave } from './leave-document.ts'

/** The window is asked to close: what becomes of a run that is under way, and of what is not saved. */
export async function closeWindow(studio: Studio, leaving: () => void): Promise<void> {
  const { window } = studio.host.shell
  if (isUnderWay(studio.runs.getState().run)) {
    const choice = await ask(studio.view, {
      title: 'A run is under way',
      text: studio.capabilities.tray
        ? 'Stop it, or let it go on; the icon in the tray brings the window back.'
        : 'Closing the window stops it. The next run can continue from there.',
      choices: [
        { id: 'stop', title: 'Stop', kind: 'danger' },
        ...(studio.capabilities.tray ? [{ id: 'keep', title: 'Keep running in the tray', kind: 'primary' } as const] : []),
        { id: 'cancel', title: 'Cancel', kind: 'plain' },
      ],
    })
    if (choice === 'keep') return window.confirmClose({ how: 'keep-running' })
    if (choice !== 'stop') return
    await stopRun(studio)
  }
  if (!(await mayLeave(studio))) return
  leaving()
  await window.confirmClose({ how: 'close' })
}

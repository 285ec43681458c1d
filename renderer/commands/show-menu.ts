import type { MenuCommand } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Studio } from '../app/studio.ts'
import { commands } from './commands.ts'

const AFTER_MS = 100

/** Keeps the system's menus at what the commands say, where the shell has menus. */
export function showMenu(studio: Studio): void {
  const { host, capabilities } = studio
  if (!capabilities.menus) return
  let last = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const send = (): void => {
    const list = menuOf(studio)
    const text = JSON.stringify(list)
    if (text === last) return
    last = text
    host.shell.window.setMenu({ commands: list }).catch(() => undefined)
  }
  const later = (): void => {
    if (timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      send()
    }, AFTER_MS)
  }
  for (const store of [studio.documents, studio.compiled, studio.selection, studio.view, studio.runs]) store.subscribe(later)
  send()
}

/** What the menus show now. */
export function menuOf(studio: Studio): MenuCommand[] {
  return commands.flatMap((command): MenuCommand[] => {
    const { id, title, menu, shortcuts } = command
    if (menu === undefined) return []
    const shortcut = shortcuts?.[0]
    const checked = command.checked?.(studio)
    return [
      {
        id,
        title,
        menu,
        enabled: command.enabled?.(studio) !== false,
        ...(shortcut === undefined ? {} : { shortcut }),
        ...(checked === undefined ? {} : { checked }),
      },
    ]
  })
}

import type { MenuCommand } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Studio } from '../app/studio.ts'
import type { ModeName } from '../state/mode-store.ts'

/**
 * Something that the user can do. One file per command in this folder, one line each in `commands.ts`; menus, shortcuts, the list of
 * keys (`?`) and buttons derive from it.
 */
export interface Command {
  /** `edit.undo` */
  readonly id: string
  /** In the words of the screen: `Undo`. */
  readonly title: string
  /** Where menus show it; absent: keys and buttons only. */
  readonly menu?: MenuCommand['menu']
  /**
   * `Mod+Shift+Z` (Mod is Cmd on macOS, else Ctrl), `Delete`, `F6`, or a letter for canvas commands. The first is shown, all work.
   */
  readonly shortcuts?: readonly string[]
  /**
   * Where its keys work. `everywhere` (not in a text field unless it has Mod or is a function key); `canvas`: only while the canvas has the
   * focus, and in the outline as a chord "G then letter".
   */
  readonly scope: 'everywhere' | 'canvas'
  /** Of `canvas` commands: in which modes of the canvas its keys work; absent: while walking. */
  readonly modes?: readonly ModeName[]
  /** Whether the key stays with a text field that has the focus, though it has Mod. */
  readonly notInFields?: boolean
  /** Whether the browser's own event does it (copy, cut, paste), so that the key is left to it. */
  readonly byEvent?: boolean
  enabled?(studio: Studio): boolean
  /** Whether a menu shows a check mark. */
  checked?(studio: Studio): boolean
  run(studio: Studio): void | Promise<void>
}

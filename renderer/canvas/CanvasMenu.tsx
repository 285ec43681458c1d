import { Menu } from '@mantine/core'
import { useStudio } from '../app/studio-context.tsx'
import { canvasMenu } from '../commands/canvas/menu.ts'
import type { Command } from '../commands/command.ts'
import { runCommand } from '../commands/run-command.ts'
import { printShortcut } from '../dialogs/print-shortcut.ts'
import type { Item } from '../state/item.ts'
import styles from './Canvas.module.css'
import type { Box } from './canvas-store.ts'

/** The menu of a step, a link, a note or the canvas: the same commands as the keys. */
export function CanvasMenu({ box, item }: { readonly box: Box; readonly item: Item | undefined }) {
  const studio = useStudio()
  const leave = (): void => {
    if (studio.mode.getState().type === 'menu') studio.mode.leave()
  }
  const run = (command: Command): void => {
    leave()
    studio.focus.go('canvas')
    void runCommand(studio, command)
  }
  return (
    <Menu
      opened
      onChange={(opened) => (opened ? undefined : leave())}
      position="bottom-start"
      offset={4}
      width={260}
      returnFocus={false}
      middlewares={{ flip: true, shift: { padding: 8 } }}
      onClose={() => studio.focus.go('canvas')}
    >
      <Menu.Target>
        <div
          aria-hidden="true"
          style={{ position: 'fixed', left: box.x, top: box.y, width: 0, height: box.height, pointerEvents: 'none' }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={item === undefined ? 'Canvas' : 'What can be done here'}>
        {canvasMenu(item).map((group, i) => {
          const possible = group.filter((command) => command.enabled?.(studio) ?? true)
          return possible.length === 0 ? null : (
            <div key={possible[0]?.id} role="none">
              {i === 0 ? null : <Menu.Divider />}
              {possible.map((command) => (
                <Menu.Item
                  key={command.id}
                  onClick={() => run(command)}
                  rightSection={
                    command.shortcuts?.[0] === undefined ? null : (
                      <kbd className={styles.keys}>{printShortcut(command.shortcuts[0], studio.capabilities.platform)}</kbd>
                    )
                  }
                >
                  {command.title}
                </Menu.Item>
              ))}
            </div>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

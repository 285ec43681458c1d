import { Popover } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useMode, useStudio } from '../app/studio-context.tsx'
import type { Item } from '../state/item.ts'
import type { Mode } from '../state/mode-store.ts'
import { AddStepList } from './AddStepList.tsx'
import { CanvasMenu } from './CanvasMenu.tsx'
import { ConnectList } from './ConnectList.tsx'
import type { CanvasView } from './canvas-port.ts'
import type { Box } from './canvas-store.ts'

/** The lists and the menu that a mode opens, beside what they are about. */
export function CanvasPopovers({ port }: { readonly port: CanvasView | undefined }) {
  const mode = useMode((current) => current)
  if (port === undefined) return null
  switch (mode.type) {
    case 'connect':
      return (
        <Anchored box={anchorOf(port, mode)} key={`${mode.nodeId}-${mode.direction}`}>
          <ConnectList nodeId={mode.nodeId} direction={mode.direction} />
        </Anchored>
      )
    case 'add-step':
      return (
        <Anchored box={anchorOf(port, mode)}>
          <AddStepList mode={mode} />
        </Anchored>
      )
    case 'menu':
      return <CanvasMenu box={anchorOf(port, mode)} item={mode.item} />
    default:
      return null
  }
}

function anchorOf(port: CanvasView, mode: Mode): Box {
  const middle = { x: window.innerWidth / 2 - 160, y: window.innerHeight / 3, width: 0, height: 0 }
  const of = (item: Item): Box => port.onScreen(item) ?? middle
  if (mode.type === 'connect') return of({ type: 'node', id: mode.nodeId })
  if (mode.type === 'menu') {
    if (mode.screen !== undefined) return { ...mode.screen, width: 0, height: 0 }
    return mode.item === undefined ? middle : of(mode.item)
  }
  if (mode.type !== 'add-step') return middle
  if (mode.at !== undefined) {
    const { x, y } = port.toScreen(mode.at)
    return { x, y, width: 0, height: 0 }
  }
  if (mode.edge !== undefined) return of({ type: 'edge', edge: mode.edge })
  const end = mode.after ?? mode.before
  return end === undefined ? middle : of({ type: 'node', id: end.nodeId })
}

/** A popover beside a place on the screen; closing it gives the focus back to where it was. */
function Anchored({ box, children }: { readonly box: Box; readonly children: ReactNode }) {
  const studio = useStudio()
  const opener = useRef(document.activeElement)
  useEffect(
    () => () => {
      const { current } = opener
      // What was done may have moved the focus on purpose.
      if (document.activeElement !== document.body && document.activeElement !== null) return
      if (current instanceof HTMLElement && current.isConnected && current !== document.body) current.focus({ preventScroll: true })
      else studio.focus.go('canvas')
    },
    [studio],
  )
  return (
    <Popover
      opened
      position="right-start"
      offset={12}
      returnFocus={false}
      withRoles={false}
      middlewares={{ flip: true, shift: { padding: 8 } }}
      onChange={(opened) => (opened ? undefined : studio.mode.leave())}
      closeOnEscape={false}
    >
      <Popover.Target>
        <div style={{ position: 'fixed', left: box.x, top: box.y, width: box.width, height: box.height, pointerEvents: 'none' }} />
      </Popover.Target>
      <Popover.Dropdown p={0}>{children}</Popover.Dropdown>
    </Popover>
  )
}

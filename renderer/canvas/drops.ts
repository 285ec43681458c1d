import { useMemo } from 'react'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { useStudio } from '../app/studio-context.tsx'
import { addNode, insertNode, throughStep } from '../edit/add-node.ts'
import { CARD, snapped } from '../edit/places.ts'
import { KIND_DRAG } from '../palette/kind-drag.ts'
import { edgeKey, type Point } from '../state/change.ts'
import type { CanvasView as Port } from './canvas-port.ts'
import { useCanvasView } from './canvas-store.ts'

/** A kind of step from the palette: dropped on a link it goes in between, elsewhere it stands where it is dropped. */
export function useDrops(port: Port) {
  const studio = useStudio()
  const { store } = useCanvasView()
  return useMemo(() => {
    const edgeAt = (at: Point) => {
      const id = document.elementFromPoint(at.x, at.y)?.closest<SVGElement>('.react-flow__edge')?.dataset.id
      return studio.documents.getState().document.edges.find((edge) => edgeKey(edge) === id)
    }
    const leave = (): void => {
      if (store.getState().dropEdge !== undefined) store.setState({ dropEdge: undefined })
    }
    return {
      onDragOver(event: React.DragEvent): void {
        if (!event.dataTransfer.types.includes(KIND_DRAG)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        const edge = edgeAt({ x: event.clientX, y: event.clientY })
        const id = edge === undefined ? undefined : edgeKey(edge)
        if (store.getState().dropEdge !== id) store.setState({ dropEdge: id })
      },
      onDragLeave: leave,
      onDrop(event: React.DragEvent): void {
        const name = event.dataTransfer.getData(KIND_DRAG)
        const kind = kinds.find((known) => known.kind === name)?.kind
        leave()
        if (kind === undefined) return
        event.preventDefault()
        const screen = { x: event.clientX, y: event.clientY }
        const edge = edgeAt(screen)
        const pointer = port.fromScreen(screen)
        const at = snapped({ x: pointer.x - CARD.width / 2, y: pointer.y - CARD.height / 2 })
        if (edge !== undefined && throughStep(studio, kind, edge) !== undefined) insertNode(studio, kind, edge, { at })
        else addNode(studio, kind, { at })
        studio.focus.go('canvas')
      },
    }
  }, [studio, store, port])
}

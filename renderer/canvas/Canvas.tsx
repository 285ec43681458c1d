import '@xyflow/react/dist/base.css'
import { type EdgeChange, type NodeChange, ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi } from '@xyflow/react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { counted } from '../../pipeline-runtime/data/counted.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { useDocument, useMode, useSelection, useStudio } from '../app/studio-context.tsx'
import { placeOf } from '../commands/keys.ts'
import { takeClipboardEvents } from '../edit/clipboard.ts'
import { keepSelection } from '../edit/has-item.ts'
import { GRID } from '../edit/places.ts'
import { type Item, itemKey } from '../state/item.ts'
import styles from './Canvas.module.css'
import { CanvasControls } from './CanvasControls.tsx'
import { CanvasNotice } from './CanvasNotice.tsx'
import { CanvasPopovers } from './CanvasPopovers.tsx'
import { createCanvasPort, type CanvasView as Port, ZOOM } from './canvas-port.ts'
import { CanvasContext, createCanvasView, detailAt, useCanvas, useCanvasView } from './canvas-store.ts'
import { useConnecting } from './connecting.ts'
import { useDrops } from './drops.ts'
import { EmptyCanvas } from './EmptyCanvas.tsx'
import { elementId } from './element-id.ts'
import { takeEdgeChanges, takeNodeChanges } from './flow-changes.ts'
import { createFlowGraph, type FlowNode, itemOf, type LinkEdge, noteId } from './flow-graph.ts'
import { DrawnLink, Link } from './Link.tsx'
import { NoteCard } from './NoteCard.tsx'
import { StepCard } from './StepCard.tsx'
import { TipBox } from './TipBox.tsx'

const nodeTypes = { step: StepCard, note: NoteCard }
const edgeTypes = { link: Link }
const snapGrid: [number, number] = [GRID, GRID]
/** With one of them held, a press adds to what is selected. Shift on the empty canvas draws a frame. */
const addingKeys = ['Shift', 'Control', 'Meta']

/** The canvas: React Flow as a picture of the document, which stays the truth. */
export function Canvas() {
  const [view] = useState(createCanvasView)
  return (
    <CanvasContext value={view}>
      <ReactFlowProvider>
        <Flow />
      </ReactFlowProvider>
    </CanvasContext>
  )
}

function Flow() {
  const studio = useStudio()
  const frame = useRef<HTMLDivElement>(null)
  const port = useCanvasPort(frame)
  const [graph] = useState(createFlowGraph)
  const document = useDrawnDocument()
  const selected = useSelection((state) => state.selected)
  const active = useSelection((state) => state.active)
  const moving = useMoving()
  const nodes = useMemo(() => graph.nodes(document, selected, moving), [graph, document, selected, moving])
  const edges = useMemo(() => graph.edges(document, selected), [graph, document, selected])
  const handlers = useHandlers(nodes, edges)
  const connecting = useConnecting(port)
  const drops = useDrops(port)
  useDetail(frame)
  useFigures()
  useEffect(() => keepSelection(studio), [studio])
  useEffect(
    () => takeClipboardEvents(studio, (target) => ['canvas', 'outline'].includes(placeOf(target)) || target === globalThis.document.body),
    [studio],
  )
  const hint = 'canvas-hint'
  const isEmpty = document.nodes.length === 0 && document.notes.length === 0
  return (
    <div ref={frame} className={styles.canvas} data-canvas="" data-detail="all" {...drops}>
      <ReactFlow<FlowNode, LinkEdge>
        className={styles.flow ?? ''}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...handlers}
        {...connecting}
        connectionLineComponent={DrawnLink}
        connectionRadius={24}
        onlyRenderVisibleElements
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={addingKeys}
        panActivationKeyCode={null}
        snapToGrid
        snapGrid={snapGrid}
        minZoom={ZOOM.least}
        maxZoom={ZOOM.most}
        panOnScroll={false}
        zoomOnDoubleClick={false}
        elevateNodesOnSelect={false}
        nodeDragThreshold={2}
        proOptions={PRO}
        tabIndex={0}
        aria-roledescription="pipeline canvas"
        aria-label={`${document.name}, ${counted(document.nodes.length, 'step')}, ${counted(document.edges.length, 'link')}`}
        aria-activedescendant={active === undefined ? undefined : elementId(active)}
        aria-describedby={hint}
        onKeyDown={({ currentTarget }) => currentTarget.setAttribute('data-keys', '')}
        onPointerDownCapture={({ currentTarget, target }) => {
          currentTarget.removeAttribute('data-keys')
          if (target instanceof Element && target.closest('input,textarea,button') === null) currentTarget.focus({ preventScroll: true })
        }}
        onFocus={({ currentTarget, target }) => {
          if (target === currentTarget && currentTarget.matches(':focus-visible')) currentTarget.setAttribute('data-keys', '')
        }}
      />
      <span className={styles.ring} aria-hidden="true" />
      {isEmpty ? <EmptyCanvas /> : null}
      <CanvasNotice />
      <CanvasControls />
      <CanvasPopovers port={port} />
      <TipBox />
      <span id={hint} className="visually-hidden">
        Arrow keys walk along the links, C connects, slash adds a step, Enter opens the settings, question mark lists all keys.
      </span>
    </div>
  )
}

const PRO = { hideAttribution: true }

/**
 * The document to draw. While somebody types into a setting the picture may come a moment later than the letter: it is drawn after the
 * field was. Everything that changes the drawing itself is drawn at once.
 */
function useDrawnDocument(): Document {
  const now = useDocument((state) => state.document)
  const later = useDeferredValue(now)
  const sameDrawing =
    now.edges === later.edges && now.notes === later.notes && now.layout === later.layout && now.nodes.length === later.nodes.length
  return sameDrawing ? later : now
}

/** What React Flow tells; the functions stay the same, so that it has nothing to take over at every letter that is typed. */
function useHandlers(nodes: FlowNode[], edges: LinkEdge[]) {
  const studio = useStudio()
  const view = useCanvasView()
  const now = useRef({ nodes, edges })
  now.current = { nodes, edges }
  return useMemo(() => {
    const openMenu = (event: React.MouseEvent | MouseEvent, item: Item | undefined): void => {
      event.preventDefault()
      if (item !== undefined) {
        // The menu is about the active item, also where it is one of several that are selected.
        if (studio.selection.getState().selected.has(itemKey(item))) studio.selection.setState({ active: item })
        else studio.selection.select(item)
      }
      studio.mode.enter({ type: 'menu', item, screen: { x: event.clientX, y: event.clientY } })
    }
    return {
      onNodesChange: (changes: NodeChange<FlowNode>[]) => takeNodeChanges(studio, view, changes, now.current.nodes),
      onEdgesChange: (changes: EdgeChange<LinkEdge>[]) => takeEdgeChanges(studio, changes, now.current.edges),
      onNodeDoubleClick(_event: React.MouseEvent, node: FlowNode) {
        if (node.type === 'step') studio.focus.field({ nodeId: node.id, path: [] })
      },
      onNodeContextMenu: (event: React.MouseEvent, node: FlowNode) => openMenu(event, itemOf(node)),
      onEdgeContextMenu(event: React.MouseEvent, { data }: LinkEdge) {
        if (data !== undefined) openMenu(event, { type: 'edge', edge: data.edge })
      },
      onPaneContextMenu: (event: React.MouseEvent | MouseEvent) => openMenu(event, undefined),
    }
  }, [studio, view])
}

/** What others ask of the canvas while it is on screen. */
function useCanvasPort(frame: React.RefObject<HTMLDivElement | null>): Port {
  const studio = useStudio()
  const flow = useReactFlow<FlowNode, LinkEdge>()
  const documentId = useDocument((state) => state.documentId)
  const port = useMemo(() => createCanvasPort(studio, flow, () => frame.current), [studio, flow, frame])
  useEffect(() => {
    studio.canvas.port = port
    const forget = studio.focus.register('canvas', () =>
      frame.current?.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true }),
    )
    return () => {
      forget()
      if (studio.canvas.port === port) studio.canvas.port = undefined
    }
  }, [studio, port, frame])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document is shown from its beginning
  useEffect(() => {
    port.showAll()
  }, [port, documentId])
  useEffect(() => {
    // For measurements: when the first canvas of this page was there.
    if (performance.getEntriesByName('canvas-drawn').length === 0) requestAnimationFrame(() => performance.mark('canvas-drawn'))
  }, [])
  return port
}

/** Places of what is dragged with the pointer or moved by keys. */
function useMoving() {
  const dragged = useCanvas((state) => state.moving)
  const mode = useMode((current) => (current.type === 'move' ? current : undefined))
  return useMemo(() => {
    if (mode === undefined) return dragged
    return new Map([
      ...Object.entries(mode.nodes),
      ...Object.entries(mode.notes).map(([index, at]) => [noteId(Number(index)), at] as const),
    ])
  }, [dragged, mode])
}

/** How much can be read at this zoom, for the style sheets and the cards. */
function useDetail(frame: React.RefObject<HTMLDivElement | null>): void {
  const flow = useStoreApi()
  const { store, painters } = useCanvasView()
  useEffect(() => {
    const take = (): void => {
      const detail = detailAt(flow.getState().transform[2])
      if (store.getState().detail === detail && frame.current?.dataset.detail === detail) return
      if (frame.current !== null) frame.current.dataset.detail = detail
      store.setState({ detail })
      painters.paintAll()
    }
    take()
    return flow.subscribe(take)
  }, [flow, frame, painters, store])
}

function useFigures(): void {
  const { runs } = useStudio()
  const { painters } = useCanvasView()
  useEffect(() => {
    const stop = [
      runs.onFigures(painters.paintAll),
      // A run that ends shows totals in place of rates.
      runs.subscribe((now, before) => {
        if (now.run?.state.type !== before.run?.state.type) painters.paintAll()
      }),
    ]
    return () => {
      for (const end of stop) end()
    }
  }, [painters, runs])
}

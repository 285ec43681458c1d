import type { ShellCapabilities } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Host } from '../host/host.ts'
import type { Announcer } from '../state/announcer.ts'
import type { CompiledStore } from '../state/compiled-store.ts'
import type { DocumentStore } from '../state/document-store.ts'
import type { ModeStore } from '../state/mode-store.ts'
import type { RunStore } from '../state/run-store.ts'
import type { SelectionStore } from '../state/selection-store.ts'
import type { ViewStore } from '../state/view-store.ts'
import type { CanvasBoard } from './canvas-board.ts'
import type { FocusBoard } from './focus.ts'

/** Everything that commands and views work with: one object per page, made in `main.tsx`, handed down by `StudioContext`. */
export interface Studio {
  readonly documents: DocumentStore
  readonly compiled: CompiledStore
  readonly selection: SelectionStore
  readonly mode: ModeStore
  readonly runs: RunStore
  readonly view: ViewStore
  readonly announcer: Announcer
  readonly focus: FocusBoard
  readonly canvas: CanvasBoard
  readonly host: Host
  readonly capabilities: ShellCapabilities
}

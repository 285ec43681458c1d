import { createStore, type StoreApi } from 'zustand/vanilla'
import type { NodeFigures, RunState, RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import type { RunTarget } from '../../pipeline-runtime/rpc/run-target.ts'
import type { RefusalData } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Spec, StartPosition, StopPosition } from '../../pipeline-runtime/spec/spec.ts'

/** How the next run is to be: the run bar. */
export interface RunSettings {
  readonly target: RunTarget
  /** Undefined: as the document says. */
  readonly start: StartPosition | undefined
  readonly stop: StopPosition | undefined
  /** Whether topics of a cluster may be written; when the target changes, as `armedAtFirst` says. */
  readonly armed: boolean
}

/** The run that the screen shows. */
export interface ShownRun {
  readonly runId: string
  readonly documentId: string
  /** What it runs: where the document has changed since, cards are stale. */
  readonly document: Document
  /** Undefined of a run that was found under way and whose drawing has errors by now. */
  readonly spec: Spec | undefined
  readonly target: RunTarget
  readonly armed: boolean
  readonly state: RunState | RuntimeLost
  readonly update: RunUpdate | undefined
  /** Of the update before, for rates. */
  readonly previous: RunUpdate | undefined
}

/** The runtime process ended by itself. */
export interface RuntimeLost {
  readonly type: 'lost'
  readonly reason: string
}

export interface NodeRates {
  readonly inPerSecond: number
  readonly outPerSecond: number
  /** Last 28 rates of `out` (of `in` for sinks), oldest first: the sparkline. */
  readonly history: readonly number[]
}

export interface RunsState {
  readonly settings: RunSettings
  readonly run: ShownRun | undefined
  /** Between the press on Run and the runtime's answer. */
  readonly starting: boolean
  /** Stop was pressed while it was starting: what begins ends at once. */
  readonly stopAsked: boolean
  /** Why the last press on Run started nothing. */
  readonly refusal: RefusalData | undefined
  /** Why there is no engine at the moment, after there was one. */
  readonly engineLost: string | undefined
}

export interface RunStore extends StoreApi<RunsState> {
  configure(settings: Partial<RunSettings>): void
  /** Takes in what the runtime says; figures and rates of all nodes are then those of this update. */
  take(update: RunUpdate): void
  show(run: ShownRun | undefined): void
  become(state: RunState | RuntimeLost): void
  setStarting(starting: boolean): void
  /** Stop, where there is nothing to stop yet. */
  askToStop(): void
  refuse(refusal: RefusalData | undefined): void
  /** Constant time, no allocation: called by every visible card at 4 Hz. */
  figuresOf(nodeId: string): NodeFigures | undefined
  ratesOf(nodeId: string): NodeRates | undefined
  /** Rows per second over an edge, by the out port's total. */
  edgeRate(nodeId: string, port: string): number | undefined
  /** Called after each update: text is written through refs, never through React state of a thousand nodes. */
  onFigures(listener: () => void): () => void
}

const HISTORY = 28

export function createRunStore(): RunStore {
  const store = createStore<RunsState>(() => ({
    settings: { target: { type: 'sample' }, start: undefined, stop: undefined, armed: false },
    run: undefined,
    starting: false,
    stopAsked: false,
    refusal: undefined,
    engineLost: undefined,
  }))
  const listeners = new Set<() => void>()
  let figures = new Map<string, NodeFigures>()
  let before = new Map<string, NodeFigures>()
  const rates = new Map<string, { inPerSecond: number; outPerSecond: number; history: number[] }>()
  const portRates = new Map<string, number>()
  const clear = (): void => {
    figures = new Map()
    before = new Map()
    rates.clear()
    portRates.clear()
  }
  const takeFigures = (update: RunUpdate, elapsedMs: number): void => {
    before = figures
    figures = new Map(update.figures?.nodes.map((node) => [node.nodeId, node]))
    for (const [id, now] of figures) {
      const past = before.get(id)
      const perSecond = (current: number, earlier: number | undefined): number =>
        elapsedMs <= 0 ? 0 : Math.max(0, ((current - (earlier ?? 0)) * 1000) / elapsedMs)
      const inPerSecond = perSecond(now.in, past?.in)
      const outPerSecond = perSecond(now.out, past?.out)
      const known = rates.get(id) ?? { inPerSecond, outPerSecond, history: [] }
      known.inPerSecond = inPerSecond
      known.outPerSecond = outPerSecond
      known.history.push(Object.keys(now.ports).length === 0 ? inPerSecond : outPerSecond)
      if (known.history.length > HISTORY) known.history.shift()
      rates.set(id, known)
      for (const [port, rows] of Object.entries(now.ports)) portRates.set(`${id}.${port}`, perSecond(rows, past?.ports[port]))
    }
  }
  return {
    ...store,
    configure(settings) {
      const current = store.getState().settings
      const armed = settings.target !== undefined && settings.armed === undefined ? { armed: armedAtFirst(settings.target) } : {}
      store.setState({ settings: { ...current, ...settings, ...armed } })
    },
    take(update) {
      const { run } = store.getState()
      if (run === undefined || run.runId !== update.runId) return
      const previous = run.update
      if (update.figures !== undefined) takeFigures(update, update.elapsedMs - (previous?.figures === undefined ? 0 : previous.elapsedMs))
      store.setState({ run: { ...run, state: update.state, update, previous } })
      for (const listener of listeners) listener()
    },
    show(run) {
      clear()
      store.setState({ run })
      for (const listener of listeners) listener()
    },
    become(state) {
      const { run } = store.getState()
      if (run !== undefined) store.setState({ run: { ...run, state } })
    },
    setStarting: (starting) => store.setState({ starting, stopAsked: false }),
    askToStop: () => store.setState({ stopAsked: true }),
    refuse: (refusal) => store.setState({ refusal }),
    figuresOf: (nodeId) => figures.get(nodeId),
    ratesOf: (nodeId) => rates.get(nodeId),
    edgeRate: (nodeId, port) => portRates.get(`${nodeId}.${port}`),
    onFigures(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Others may read what is written to a real cluster, so that waits until the user says so; one's own Kafka on this machine is for trying. */
export function armedAtFirst(target: RunTarget): boolean {
  return target.type === 'local'
}

/** Whether a run is under way. */
export function isUnderWay(run: ShownRun | undefined): boolean {
  return run !== undefined && (run.state.type === 'starting' || run.state.type === 'running' || run.state.type === 'stopping')
}

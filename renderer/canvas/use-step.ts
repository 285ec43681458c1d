import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { Studio } from '../app/studio.ts'
import { useStudio } from '../app/studio-context.tsx'
import { outlineName } from '../edit/outline-name.ts'
import { IDLE, type StepState } from '../edit/step-state.ts'
import { stepStateOf } from '../edit/step-state-of.ts'

/** The state of one step; renders again only when it changes, not with every update of a run. */
export function useStepState(nodeId: string): StepState {
  const studio = useStudio()
  const last = useRef<StepState>(IDLE)
  return useSyncExternalStore(
    useCallback((changed) => listen(studio, changed), [studio]),
    () => {
      const next = stepStateOf(studio, nodeId)
      if (next.type !== last.current.type || wordOf(next) !== wordOf(last.current)) last.current = next
      return last.current
    },
  )
}

/** Its name for screen readers; undefined while it is not wanted. */
export function useStepName(nodeId: string, wanted: boolean): string | undefined {
  const studio = useStudio()
  return useSyncExternalStore(
    useCallback((changed) => (wanted ? listen(studio, changed) : () => {}), [studio, wanted]),
    () => (wanted ? outlineName(studio, nodeId) : undefined),
  )
}

export function wordOf(state: StepState): string {
  return state.type === 'idle' ? '' : state.word
}

function listen({ documents, compiled, runs }: Studio, changed: () => void): () => void {
  const stop = [documents.subscribe(changed), compiled.subscribe(changed), runs.subscribe(changed)]
  return () => {
    for (const end of stop) end()
  }
}

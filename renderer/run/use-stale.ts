import { useCompiled, useDocument, useRuns } from '../app/studio-context.tsx'
import { isStale } from './stale.ts'

/** Whether the drawing was changed since the shown run began. */
export function useStale(): boolean {
  const run = useRuns((state) => state.run)
  const document = useDocument((state) => state.document)
  const compiled = useCompiled((state) => state)
  return isStale(run, document, compiled)
}

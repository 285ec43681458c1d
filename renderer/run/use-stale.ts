import { useMemo } from 'react'
import { useCompiled, useDocument, useRuns } from '../app/studio-context.tsx'
import { differs, hashOf } from './stale.ts'

/** Whether the drawing was changed since the shown run began. Not asked again when only figures come. */
export function useStale(): boolean {
  const running = useRuns(({ run }) => run?.document)
  const hash = useRuns(({ run }) => hashOf(run))
  const document = useDocument((state) => state.document)
  const compiled = useCompiled((state) => state)
  return useMemo(() => running !== undefined && differs(running, hash, document, compiled), [running, hash, document, compiled])
}

import { useEffect, useState } from 'react'
import { useDocument, useRuns, useStudio } from '../app/studio-context.tsx'
import { type SampleRows, sampleRowsFor } from './sample-rows.ts'

/** Typing must not wait for what only stands beside it. */
const PAUSE_MS = 300

/** Sample rows for a step, asked for anew when the document pauses to change, or a run begins or ends. Undefined until the first answer. */
export function useSampleRows(nodeId: string): SampleRows | undefined {
  const studio = useStudio()
  const document = useDocument((state) => state.document)
  const target = useRuns((state) => state.settings.target)
  const run = useRuns(({ run: shown }) => (shown === undefined ? '' : `${shown.runId} ${shown.state.type}`))
  const [rows, setRows] = useState<{ readonly nodeId: string; readonly rows: SampleRows }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are read from the stores when the pause is over
  useEffect(() => {
    let gone = false
    const timer = setTimeout(() => {
      void sampleRowsFor(studio, nodeId).then((found) => {
        if (!gone) setRows({ nodeId, rows: found })
      })
    }, PAUSE_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [studio, nodeId, document, target, run])
  return rows?.nodeId === nodeId ? rows.rows : undefined
}

import { useEffect, useMemo, useRef, useState } from 'react'
import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import { sameJson } from '../../pipeline-runtime/spec/json.ts'
import { useStudio } from '../app/studio-context.tsx'
import { type DataTab, tabsOf } from './data-tabs.ts'

/** The tabs of a step; one that had nothing to show appears with its first row. */
export function useDataTabs(node: DocumentNode): readonly DataTab[] {
  const { runs } = useStudio()
  const [counted, setCounted] = useState('')
  useEffect(() => {
    const look = (): void => {
      const { removed = 0, late = 0, setAside = 0 } = runs.figuresOf(node.id) ?? {}
      setCounted([removed > 0, late > 0, setAside > 0].join())
    }
    look()
    return runs.onFigures(look)
  }, [runs, node.id])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `counted` says when the figures give another list.
  const tabs = useMemo(() => tabsOf(node, runs.figuresOf(node.id)), [node, runs, counted])
  // Most settings change no tab: the same list, then.
  const kept = useRef(tabs)
  if (!sameJson(kept.current, tabs)) kept.current = tabs
  return kept.current
}

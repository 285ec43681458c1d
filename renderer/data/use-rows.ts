import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useStudio } from '../app/studio-context.tsx'
import { createRowFeed, type RowsRequest, type ShownRows } from './row-feed.ts'

/** The rows that passed at a step in the run that is shown; new ones come by themselves unless `following` is false. */
export function useRows({ nodeId, tab, port, limit, following = true }: RowsRequest & { readonly following?: boolean }): ShownRows {
  const { runs, host } = useStudio()
  const feed = useMemo(() => createRowFeed(runs, host.runtime, { nodeId, tab, port, limit }), [runs, host, nodeId, tab, port, limit])
  useEffect(() => feed.start(), [feed])
  useEffect(() => feed.follow(following), [feed, following])
  return useSyncExternalStore(feed.subscribe, feed.current)
}

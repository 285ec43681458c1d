import { z } from 'zod'
import type { ViewStore } from '../state/view-store.ts'

const KEY = 'millrace.view'

/** Of what is shown where, the part that outlives the page. */
const keptView = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  leftTab: z.enum(['palette', 'outline', 'connections']).catch('palette'),
  leftOpen: z.boolean().catch(true),
  inspectorOpen: z.boolean().catch(true),
  dockOpen: z.boolean().catch(true),
  dataView: z.enum(['table', 'chart', 'both']).catch('table'),
})

/** Takes up what was kept at the last start and keeps what changes from now on. */
export function keepView(view: ViewStore): void {
  const kept = readKept()
  if (kept !== undefined) view.setState(kept)
  view.subscribe((state) => {
    const { theme, leftTab, leftOpen, inspectorOpen, dockOpen, dataView } = state
    try {
      window.localStorage.setItem(KEY, JSON.stringify({ theme, leftTab, leftOpen, inspectorOpen, dockOpen, dataView }))
    } catch {
      // A page without storage (private windows): holds until it is closed.
    }
  })
}

function readKept(): z.output<typeof keptView> | undefined {
  try {
    const read = keptView.safeParse(JSON.parse(window.localStorage.getItem(KEY) ?? '{}'))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

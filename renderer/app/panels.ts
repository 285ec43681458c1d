import type { ViewState } from '../state/view-store.ts'
import type { Studio } from './studio.ts'

/** The parts of the window that can be opened and closed. */
export type PanelName = 'left' | 'inspector' | 'dock'

/** Under 1280 the left panel is an icon rail, under 1024 inspector and dock lie over the canvas. */
export const RAIL_QUERY = '(width < 1280px)'
export const DRAWER_QUERY = '(width < 1024px)'

/** Whether a panel lies over the canvas in a window of this width. */
function isDrawer(panel: PanelName): boolean {
  return window.matchMedia(panel === 'left' ? RAIL_QUERY : DRAWER_QUERY).matches
}

const openField = { left: 'leftOpen', inspector: 'inspectorOpen', dock: 'dockOpen' } as const

export function isPanelOpen(view: ViewState, panel: PanelName): boolean {
  return isDrawer(panel) ? view.drawer === panel : view[openField[panel]]
}

export function setPanelOpen({ view }: Studio, panel: PanelName, open: boolean): void {
  if (!isDrawer(panel)) view.setState({ [openField[panel]]: open })
  else if (open) view.setState({ drawer: panel })
  else if (view.getState().drawer === panel) view.setState({ drawer: undefined })
}

export function togglePanel(studio: Studio, panel: PanelName): void {
  setPanelOpen(studio, panel, !isPanelOpen(studio.view.getState(), panel))
}

import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { CompiledState } from '../state/compiled-store.ts'
import type { DocumentState } from '../state/document-store.ts'
import type { Mode } from '../state/mode-store.ts'
import type { RunsState } from '../state/run-store.ts'
import type { SelectionState } from '../state/selection-store.ts'
import type { ViewState } from '../state/view-store.ts'
import type { Studio } from './studio.ts'

const StudioContext = createContext<Studio | undefined>(undefined)

export function StudioProvider({ studio, children }: { readonly studio: Studio; readonly children: ReactNode }) {
  return <StudioContext value={studio}>{children}</StudioContext>
}

export function useStudio(): Studio {
  const studio = useContext(StudioContext)
  if (studio === undefined) throw new Error('A view outside of StudioProvider.')
  return studio
}

export const useDocument = <T,>(select: (state: DocumentState) => T): T => useStore(useStudio().documents, select)
export const useCompiled = <T,>(select: (state: CompiledState) => T): T => useStore(useStudio().compiled, select)
export const useSelection = <T,>(select: (state: SelectionState) => T): T => useStore(useStudio().selection, select)
export const useMode = <T,>(select: (mode: Mode) => T): T => useStore(useStudio().mode, select)
export const useRuns = <T,>(select: (state: RunsState) => T): T => useStore(useStudio().runs, select)
export const useView = <T,>(select: (state: ViewState) => T): T => useStore(useStudio().view, select)

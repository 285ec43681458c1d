import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { useStudio } from '../app/studio-context.tsx'
import type { ShellClient } from '../host/host.ts'
import { refusalOf } from '../host/refusal.ts'

export interface ConnectionsState {
  /** Undefined until the shell has answered. */
  readonly connections: readonly NamedConnection[] | undefined
  readonly problem: string | undefined
}

const stores = new WeakMap<ShellClient, StoreApi<ConnectionsState>>()

/** The connections that the user has named, the same for every view of the page. */
export function connectionsStore(shell: ShellClient): StoreApi<ConnectionsState> {
  let store = stores.get(shell)
  if (store === undefined) {
    store = createStore<ConnectionsState>(() => ({ connections: undefined, problem: undefined }))
    stores.set(shell, store)
  }
  return store
}

/** Asks the shell again, after a change. */
export async function loadConnections(shell: ShellClient): Promise<void> {
  const store = connectionsStore(shell)
  try {
    store.setState({ connections: await shell.connections.list(), problem: undefined })
  } catch (error) {
    store.setState({ problem: refusalOf(error).message })
  }
}

export function useConnections(): ConnectionsState {
  const { shell } = useStudio().host
  const state = useStore(connectionsStore(shell))
  useEffect(() => {
    if (connectionsStore(shell).getState().connections === undefined) void loadConnections(shell)
  }, [shell])
  return state
}

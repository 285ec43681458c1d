import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { LocalKafkaState } from '../../pipeline-runtime/rpc/local-kafka-state.ts'
import { useStudio } from '../app/studio-context.tsx'
import type { RuntimeLink } from '../host/host.ts'

interface Shown {
  /** Undefined until the runtime has answered. */
  readonly state: LocalKafkaState | undefined
}

interface Watched {
  readonly store: StoreApi<Shown>
  readers: number
  leave: () => void
}

const watched = new WeakMap<RuntimeLink, Watched>()

/** The local Kafka as it is now, asked for while something on screen shows it. */
export function useLocalKafka(): LocalKafkaState | undefined {
  const { runtime } = useStudio().host
  useEffect(() => watchLocalKafka(runtime), [runtime])
  return useStore(watchedOf(runtime).store).state
}

/** One watch for all readers; returns the way to end it. */
function watchLocalKafka(runtime: RuntimeLink): () => void {
  const entry = watchedOf(runtime)
  if (entry.readers++ === 0) entry.leave = follow(runtime, entry.store)
  return () => {
    if (--entry.readers === 0) entry.leave()
  }
}

function watchedOf(runtime: RuntimeLink): Watched {
  let entry = watched.get(runtime)
  if (entry === undefined) {
    entry = { store: createStore<Shown>(() => ({ state: undefined })), readers: 0, leave: () => {} }
    watched.set(runtime, entry)
  }
  return entry
}

/** Goes on with the next runtime where one dies: the local Kafka lives on. */
function follow(runtime: RuntimeLink, store: StoreApi<Shown>): () => void {
  let current: AbortController | undefined
  const watch = async (): Promise<void> => {
    const { client } = runtime
    if (client === undefined) return
    current?.abort()
    const mine = new AbortController()
    current = mine
    try {
      for await (const state of await client.localKafka.watch(undefined, { signal: mine.signal })) {
        if (mine.signal.aborted) return
        store.setState({ state })
      }
    } catch {
      // The runtime is gone; the next one is followed.
    }
  }
  const leave = runtime.onChange(({ type }) => {
    if (type === 'ready') void watch()
    else store.setState({ state: undefined })
  })
  void watch()
  return () => {
    leave()
    current?.abort()
    store.setState({ state: undefined })
  }
}

import { MemoryStore, type StoreEntry } from './keyed-store.ts'
import type { KeyedStore, StateCodec } from './operator.ts'
import type { StateHash } from './state-hash.ts'

/** The keyed state of a node in one task: the stores that its operator asks for while it is made. */
export class NodeStores {
  private readonly stores = new Map<string, MemoryStore<unknown>>()
  private readonly place: string
  private isComplete = false

  /** `place` tells the state of one node and task from that of others. */
  constructor(place: string) {
    this.place = place
  }

  open<V>(name: string, codec: StateCodec<V>): KeyedStore<V> {
    if (this.isComplete) throw new Error(`Ask for store ${name} while the operator is made.`)
    if (this.stores.has(name)) throw new Error(`Store ${name} was asked for twice.`)
    const store = new MemoryStore(codec, `${this.place}/store/${name}`)
    // Only this operator gets values out of it again, under its own V.
    this.stores.set(name, store as unknown as MemoryStore<unknown>)
    return store
  }

  /** The operator is made: there will be no more. */
  complete(): void {
    this.isComplete = true
  }

  get names(): readonly string[] {
    return [...this.stores.keys()]
  }

  get keys(): number {
    let keys = 0
    for (const store of this.stores.values()) keys += store.size
    return keys
  }

  estimatedBytes(): number {
    let bytes = 0
    for (const store of this.stores.values()) bytes += store.estimatedBytes()
    return bytes
  }

  addToHash(sum: StateHash): void {
    for (const store of this.stores.values()) sum.addSum(store.hash())
  }

  snapshot(): Readonly<Record<string, readonly StoreEntry[]>> {
    return Object.fromEntries(Array.from(this.stores, ([name, store]) => [name, store.snapshot()]))
  }

  restore(snapshot: Readonly<Record<string, readonly StoreEntry[]>>): void {
    for (const [name, store] of this.stores) store.restore(snapshot[name] ?? [])
  }
}

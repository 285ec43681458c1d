import type { Json } from '../data/value.ts'
import type { KeyedStore, StateCodec } from './operator.ts'
import { StateHash } from './state-hash.ts'

/** So many entries tell how large the others are. */
const MEASURED_ENTRIES = 256

interface Entry<V> {
  readonly key: string
  value: V
  /** What the sum holds for this entry. */
  hash: StateHash | undefined
}

/** Keyed state in memory. Values are encoded only when the hash or a snapshot is asked for; from the first time on changes are noted. */
export class MemoryStore<V> implements KeyedStore<V> {
  private readonly map = new Map<string, Entry<V>>()
  private changed: Set<Entry<V>> | undefined
  private readonly codec: StateCodec<V>
  private readonly hashPrefix: string
  private readonly sum = new StateHash()

  constructor(codec: StateCodec<V>, hashPrefix: string) {
    this.codec = codec
    this.hashPrefix = hashPrefix
  }

  get size(): number {
    return this.map.size
  }

  get(key: string): V | undefined {
    return this.map.get(key)?.value
  }

  put(key: string, value: V): void {
    let entry = this.map.get(key)
    if (entry === undefined) {
      entry = { key, value, hash: undefined }
      this.map.set(key, entry)
    } else entry.value = value
    this.changed?.add(entry)
  }

  delete(key: string): void {
    const entry = this.map.get(key)
    if (entry === undefined) return
    this.map.delete(key)
    this.changed?.delete(entry)
    if (entry.hash !== undefined) this.sum.removeSum(entry.hash)
  }

  *entries(): Iterable<readonly [key: string, value: V]> {
    for (const [key, entry] of this.map) yield [key, entry.value]
  }

  /** As JSON, as `snapshot` gives it; exact up to MEASURED_ENTRIES, beyond that as if the others were like those. */
  estimatedBytes(): number {
    const text = new TextEncoder()
    let measured = 0
    let bytes = 0
    for (const [key, { value }] of this.map) {
      if (measured === MEASURED_ENTRIES) break
      measured++
      bytes += text.encode(JSON.stringify([key, this.codec.encode(value)])).length
    }
    return measured === 0 ? 0 : Math.round((bytes / measured) * this.map.size)
  }

  hash(): StateHash {
    for (const entry of this.changed ?? this.map.values()) {
      if (entry.hash !== undefined) this.sum.removeSum(entry.hash)
      entry.hash = StateHash.of(`${this.hashPrefix}/${entry.key}/${JSON.stringify(this.codec.encode(entry.value))}`)
      this.sum.addSum(entry.hash)
    }
    this.changed = new Set()
    return this.sum
  }

  snapshot(): readonly StoreEntry[] {
    return Array.from(this.map, ([key, entry]) => [key, this.codec.encode(entry.value)])
  }

  restore(entries: readonly StoreEntry[]): void {
    for (const [key, json] of entries) this.put(key, this.codec.decode(json))
  }
}

export type StoreEntry = readonly [key: string, value: Json]

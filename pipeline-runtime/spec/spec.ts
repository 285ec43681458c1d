import type { EdgeSchema } from './edge-schema.ts'

/** What `compile` makes of a document and the only thing that the runtime takes. Plain JSON; types stand as text. */
export interface Spec {
  readonly specVersion: 1
  /** SHA-256 in hex over the RFC 8785 form of the spec without `hash` and `drawing`. */
  readonly hash: string
  readonly kinds: Readonly<Record<string, number>>
  readonly timeZone: string
  readonly guarantee: Guarantee
  readonly start: StartPosition
  readonly stop: StopPosition
  /** In topological order, ties by document order. */
  readonly nodes: readonly SpecNode[]
  /** In document order. */
  readonly edges: readonly SpecEdge[]
  /** Pipelined parts between repartition points, upstream first; each runs as one task per partition. */
  readonly stages: readonly SpecStage[]
  /** What only opening on the canvas needs; outside the hash. */
  readonly drawing: SpecDrawing
}

export type Guarantee = 'at-least-once' | 'exactly-once'

export type StartPosition =
  | { readonly type: 'continue' }
  | { readonly type: 'earliest' }
  | { readonly type: 'latest' }
  /** ISO-8601. */
  | { readonly type: 'time'; readonly time: string }
  | { readonly type: 'last'; readonly lastMs: number }

export type StopPosition = { readonly type: 'never' } | { readonly type: 'end' } | { readonly type: 'time'; readonly time: string }

export interface SpecNode {
  readonly id: string
  readonly kind: string
  /** Validated, defaults filled in. */
  readonly config: unknown
  readonly stage: number
  /** By out port. */
  readonly outputs: Readonly<Record<string, SpecSchema>>
}

/** An `EdgeSchema` with its types as text. */
export interface SpecSchema {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly recordParts: boolean
  readonly mode: EdgeSchema['mode']
  readonly role: EdgeSchema['role']
}

export interface SpecEdge {
  readonly from: { readonly node: string; readonly port: string }
  readonly to: { readonly node: string; readonly port: string }
  /** Where set, rows are brought together by these columns of the edge (an exchange now, a topic later); empty: all to one partition. */
  readonly repartitionBy?: readonly string[]
}

export interface SpecStage {
  readonly id: number
  readonly nodes: readonly string[]
}

export interface SpecDrawing {
  readonly name: string
  /** Node ids in document order. */
  readonly order: readonly string[]
  readonly titles: Readonly<Record<string, string>>
  readonly tests: readonly unknown[]
  readonly notes: readonly unknown[]
  readonly layout: Readonly<Record<string, { readonly x: number; readonly y: number }>>
}

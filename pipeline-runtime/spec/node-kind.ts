import type { z } from 'zod'
import type { EdgeSchema } from './edge-schema.ts'
import type { Fix } from './issue.ts'

/**
 * Everything that the product knows about a kind of node, pure. One file `nodes/KIND/definition.ts` each; palette, form,
 * validation, JSON Schema, reference page and edge types derive from it. The running code stands beside it in `operator.ts`.
 */
export interface NodeKind<Name extends string = string, Config extends z.ZodType = z.ZodType> {
  readonly kind: Name
  /** Version of the config's structure; `migrations[i]` leads from version i+1 to i+2. */
  readonly version: number
  /** What analysts call it; the technical term goes to `term`. */
  readonly title: string
  readonly term?: string
  readonly category: NodeCategory
  /** Name of a Tabler icon. */
  readonly icon: string
  /** Two or three sentences for the palette and the reference page. */
  readonly description: string
  /** A `z.strictObject` without transforms; each field has `.meta({ title, description, widget? })`, defaults by `.default()`. */
  readonly config: Config
  /** What a new step begins with, where defaults would hide a decision: the user sees it, and may change it. */
  readonly initial?: Partial<z.input<Config>>
  /** Ports may depend on the config (a dead-letter port exists where the policy says so). */
  ports(config: z.output<Config>): Ports
  /** Schemas of the out ports from those of the in ports; everything wrong goes to `context.issue`. */
  derive(config: z.output<Config>, inputs: InputSchemas, context: DeriveContext): Readonly<Record<string, EdgeSchema>>
  /** One sentence for the card: `per country, every 1 min: count, sum of amount`. */
  sentence(config: z.output<Config>): string
  /** Columns by which rows have to come together on the in ports before this node; absent: rows stay in their partition. */
  groupedBy?(config: z.output<Config>): readonly string[]
  /** The topic or file that the node reads or writes; absent for nodes inside. */
  binding?(config: z.output<Config>): Binding
  /** What it promises when arrival order across partitions differs (semantics rule 37). */
  readonly promise: 'order' | 'set' | 'bytes' | 'excluded'
  readonly migrations: readonly ConfigMigration[]
  readonly examples: readonly NodeExample<z.input<Config>>[]
  /** What the reference page says beyond what derives from the rest; every kind of the catalog has it. */
  readonly reference?: NodeReference
}

/** Sentences in Markdown. Here the technical words may be used. */
export interface NodeReference {
  readonly whenToUse: string
  /** What becomes of rows that do not leave by `out`: removed, late, set aside. */
  readonly otherRows: string
  /** What it costs, what grows with what, and what it cannot do. */
  readonly limits: string
  /** What one writes there for it. */
  readonly flink: string
  readonly kafkaStreams: string
}

export type NodeCategory = 'read' | 'shape' | 'summarise' | 'combine' | 'write'

export interface Ports {
  readonly in: readonly InPort[]
  readonly out: readonly OutPort[]
}

export interface InPort {
  readonly name: string
  readonly title: string
  /** Whether several edges may end here (union). */
  readonly many?: boolean
  /** What may come in; the default is rows that are final. */
  readonly accepts?: { readonly upsert?: boolean; readonly deadLetter?: boolean }
}

export interface OutPort {
  readonly name: string
  readonly title: string
  readonly role: EdgeSchema['role']
  /** Whether an edge has to start here (a dead-letter port must be wired). */
  readonly required?: boolean
}

/** By in port, in the order of the document's edges; an entry is undefined while its upstream has errors. */
export type InputSchemas = Readonly<Record<string, readonly (EdgeSchema | undefined)[]>>

export interface DeriveContext {
  readonly timeZone: string
  /** Path is relative to the config: `['aggregates', 0, 'of']`. */
  issue(issue: NodeIssue): void
}

export interface NodeIssue {
  readonly code: string
  readonly severity?: 'error' | 'warning'
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly range?: { readonly from: number; readonly to: number }
  /** Edits with paths relative to the config. */
  readonly fix?: {
    readonly title: string
    readonly edits: readonly { readonly path: readonly (string | number)[]; readonly value?: unknown }[]
  }
}

export type Binding =
  | { readonly type: 'topic'; readonly access: 'read' | 'write'; readonly connection: string; readonly topic: string }
  | { readonly type: 'file'; readonly access: 'read' | 'write'; readonly path: string; readonly format: FormatConfig }

/** `{ type: 'json' }`, `{ type: 'csv', delimiter: ';' }`: the format's name and its options (`formats/`). */
export interface FormatConfig {
  readonly type: string
  readonly [option: string]: unknown
}

/** A pure function on plain JSON. */
export type ConfigMigration = (config: Record<string, unknown>) => Record<string, unknown>

/** An example stands on the reference page and runs as a test: rows in by port (for sources: records), rows out by port. */
export interface NodeExample<Config> {
  readonly title: string
  readonly config: Config
  /**
   * By in port: the columns (name → type text) and the rows, with `$timestamp` (milliseconds) as event time. Several streams where the
   * port takes several. Sources have `records`.
   */
  readonly given: ExampleRows
  /** By out port; `sink` stands for what a sink writes. */
  readonly expect: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

export type ExampleRows = Readonly<Record<string, ExampleInput | readonly ExampleInput[]>>

export type ExampleInput =
  | { readonly columns: Readonly<Record<string, string>>; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly records: readonly { readonly value: string; readonly timestamp?: number; readonly key?: string }[] }

export function defineNodeKind<Name extends string, Config extends z.ZodType>(kind: NodeKind<Name, Config>): NodeKind<Name, Config> {
  return kind
}

export type { Fix }

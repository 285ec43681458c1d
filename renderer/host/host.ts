import type { ContractRouterClient } from '@orpc/contract'
import type { RuntimeApi } from '../../pipeline-runtime/rpc/runtime-api.ts'
import type { ShellApi } from '../../pipeline-runtime/rpc/shell-api.ts'

export type RuntimeClient = ContractRouterClient<RuntimeApi>
export type ShellClient = ContractRouterClient<ShellApi>

/** What the page lives in: the desktop app or `millrace serve`. Chosen once, in `app/main.tsx`. */
export interface Host {
  readonly shell: ShellClient
  readonly runtime: RuntimeLink
  /** The path of a dropped file; undefined where the page may not know it (browser). */
  pathOfFile(file: File): string | undefined
}

/** The way to the runtime, which may die and come back. */
export interface RuntimeLink {
  /** Undefined while there is no runtime. */
  readonly client: RuntimeClient | undefined
  /** Why there is no runtime, where there was one or the way to it is barred. */
  readonly lostReason?: string | undefined
  /** Resolves with the client as soon as there is one. */
  ready(): Promise<RuntimeClient>
  /** Called when the runtime was lost (with the reason) and when one is there again. */
  onChange(listener: (change: { readonly type: 'lost'; readonly reason: string } | { readonly type: 'ready' }) => void): () => void
}

import type { TypedSecrets } from '../../pipeline-runtime/rpc/run-target.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import { sameJson } from '../../pipeline-runtime/spec/json.ts'
import type { Studio } from '../app/studio.ts'
import { loadConnections } from './connections-store.ts'

export interface ConnectionSaving {
  /** Typed since it was opened. */
  readonly secrets?: TypedSecrets
  /** The name that it had. */
  readonly before?: string | undefined
}

/** Keeps a connection. Where the next run is to go there, it goes to what the connection is now. */
export async function saveConnection(
  { host: { shell }, runs }: Studio,
  connection: NamedConnection,
  { secrets = {}, before }: ConnectionSaving = {},
): Promise<void> {
  const { name, config } = connection
  await shell.connections.save({ ...connection, secrets, ...(before === undefined || before === name ? {} : { renamed: before }) })
  await loadConnections(shell)
  const { target } = runs.getState().settings
  const isTarget = target.type === 'kafka' && target.name === (before ?? name)
  if (isTarget && (target.name !== name || !sameJson(target.config, config))) runs.configure({ target: { type: 'kafka', name, config } })
}

/** Where the next run was to go there, it is on sample data. */
export async function removeConnection({ host: { shell }, runs }: Studio, name: string): Promise<void> {
  await shell.connections.remove({ name })
  await loadConnections(shell)
  const { target } = runs.getState().settings
  if (target.type === 'kafka' && target.name === name) runs.configure({ target: { type: 'sample' } })
}

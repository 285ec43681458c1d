import type { ConnectionStep } from '../connectors/connection-kind.ts'
import { examine } from '../connectors/kafka/doctor/examine.ts'
import { LogError } from '../connectors/log-port.ts'
import type { Target } from '../runner/targets.ts'

export interface AlsoTested {
  readonly topic?: string | undefined
  readonly group?: string | undefined
}

/** One step after the other, live. `connect` finds the target and its secrets; what is missing of them is a step that failed. */
export async function* testConnection(connect: () => Promise<Target>, also: AlsoTested): AsyncGenerator<readonly ConnectionStep[], void> {
  let target: Target
  try {
    target = await connect()
  } catch (error) {
    if (!(error instanceof LogError)) throw error
    yield [{ name: 'Read the connection', state: 'failed', message: error.message }]
    return
  }
  if (target.type === 'sample')
    yield [{ name: 'Sample data', state: 'passed', message: 'Sample data is made on this computer; there is nothing to connect to.' }]
  else yield* examine({ bootstrap: target.config.bootstrap, signIn: target.signIn ?? {}, ...also })
}

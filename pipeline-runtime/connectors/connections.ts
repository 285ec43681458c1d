import type { ConnectionKind } from './connection-kind.ts'
import { kafkaConnection } from './kafka/connection.ts'

/** All kinds of connection. A new one: a folder with `connection.ts`, and a line here. */
export const connectionKinds: readonly ConnectionKind[] = [kafkaConnection]

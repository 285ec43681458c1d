import { z } from 'zod'
import { kafkaConnection } from '../connectors/kafka/connection.ts'

/** What all connection names of a document mean in a run. */
export const runTarget = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sample') }),
  z.strictObject({ type: z.literal('kafka'), name: z.string().min(1), config: kafkaConnection.config }),
])
export type RunTarget = z.output<typeof runTarget>

import { z } from 'zod'
import { kafkaConnection } from '../connectors/kafka/connection.ts'

/** What all connection names of a document mean in a run. */
export const runTarget = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sample') }),
  /** The user's own Kafka on this machine; a run starts it where it does not run. */
  z.strictObject({ type: z.literal('local') }),
  z.strictObject({ type: z.literal('kafka'), name: z.string().min(1), config: kafkaConnection.config }),
])

/** Secrets that the user has typed, on their way to where they are kept or used. They never come back. */
export const typedSecrets = z.strictObject({
  key: z
    .string()
    .min(1)
    .max(1 << 20)
    .optional(),
  keyPassphrase: z.string().min(1).max(10_000).optional(),
  password: z.string().min(1).max(10_000).optional(),
})
export type TypedSecrets = Readonly<z.output<typeof typedSecrets>>

export type RunTarget = z.output<typeof runTarget>

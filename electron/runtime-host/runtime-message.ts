import { z } from 'zod'
import { kafkaConnection } from '../../pipeline-runtime/connectors/kafka/connection.ts'
import { typedSecrets } from '../../pipeline-runtime/rpc/run-target.ts'

/** From the main process to the runtime process; ports travel along with `connect`. */
export const toRuntime = z.discriminatedUnion('type', [
  /** One end of a channel whose other end the page has. */
  z.strictObject({ type: z.literal('connect') }),
  /** Documents may use files below this folder. */
  z.strictObject({ type: z.literal('allow'), folder: z.string().min(1) }),
  /** The answer to `ask-secrets`: what the keychain has, or why it gives nothing. */
  z.strictObject({ type: z.literal('secrets'), id: z.int(), secrets: typedSecrets }),
  z.strictObject({ type: z.literal('no-secrets'), id: z.int(), reason: z.string() }),
  /** Stop what runs, keep its state, end. */
  z.strictObject({ type: z.literal('close') }),
])
export type ToRuntime = z.output<typeof toRuntime>

/** From the runtime process. */
export const fromRuntime = z.discriminatedUnion('type', [
  /** It is up and takes ports. */
  z.strictObject({ type: z.literal('ready') }),
  /** A connection is about to be used: what does the keychain have of it? */
  z.strictObject({ type: z.literal('ask-secrets'), id: z.int(), name: z.string(), config: kafkaConnection.config }),
])
export type FromRuntime = z.output<typeof fromRuntime>

/** What the process is started with. */
export const runtimeSettings = z.strictObject({
  dataDir: z.string().min(1),
  version: z.string(),
  /** The app, which ends the local Kafka when it quits: windows and their runtimes come and go. */
  kafkaOwnerPid: z.int().positive(),
})
export type RuntimeSettings = z.output<typeof runtimeSettings>

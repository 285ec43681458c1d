import { z } from 'zod'

/** From the main process to the runtime process; ports travel along with `connect`. */
export const toRuntime = z.discriminatedUnion('type', [
  /** One end of a channel whose other end the page has. */
  z.strictObject({ type: z.literal('connect') }),
  /** Documents may use files below this folder. */
  z.strictObject({ type: z.literal('allow'), folder: z.string().min(1) }),
  /** Stop what runs, keep its state, end. */
  z.strictObject({ type: z.literal('close') }),
])
export type ToRuntime = z.output<typeof toRuntime>

/** From the runtime process: it is up and takes ports. */
export const fromRuntime = z.strictObject({ type: z.literal('ready') })
export type FromRuntime = z.output<typeof fromRuntime>

/** What the process is started with. */
export const runtimeSettings = z.strictObject({
  dataDir: z.string().min(1),
  version: z.string(),
  /** The app, which ends the local Kafka when it quits: windows and their runtimes come and go. */
  kafkaOwnerPid: z.int().positive(),
})
export type RuntimeSettings = z.output<typeof runtimeSettings>

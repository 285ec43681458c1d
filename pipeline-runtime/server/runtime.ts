import path from 'node:path'
import { implement } from '@orpc/server'
import type { RunTarget, TypedSecrets } from '../rpc/run-target.ts'
import { runtimeApi } from '../rpc/runtime-api.ts'
import { checkSpec } from './check-spec.ts'
import { type AskKeychain, ConnectionAccess } from './connection-access.ts'
import { testConnection } from './connection-test.ts'
import { FileAccess } from './file-access.ts'
import { LocalKafkaOfUser } from './local-kafka-of-user.ts'
import { inWords, streamInWords, toRpcError } from './refusal.ts'
import type { RunWatch } from './run-logs.ts'
import { Runs } from './runs.ts'
import { sampleFile } from './sample-file.ts'
import { sampleRows } from './sample-rows.ts'
import { sampleTopic, topicsOf } from './sample-topic.ts'

export interface RuntimeOptions {
  /** Where the state of runs is kept. */
  readonly dataDir: string
  readonly version: string
  /** Nothing outside of this folder is read or written for documents, ever. */
  readonly root?: string | undefined
  /** The program that ends the local Kafka when it quits, where it was started from here. Default: this process, when the runtime closes. */
  readonly kafkaOwnerPid?: number | undefined
  /** Faults of the runtime itself, with their stacks. */
  readonly log?: ((error: unknown) => void) | undefined
  /** The secrets that this computer keeps; absent where only the environment has some. */
  readonly keychain?: AskKeychain | undefined
  /** For those who operate the process. */
  readonly watch?: RunWatch | undefined
}

/** What serves `runtimeApi`, over whatever carries its calls. */
export type Runtime = ReturnType<typeof createRuntime>

export function createRuntime({ dataDir, version, root, kafkaOwnerPid = process.pid, keychain, log = () => {}, watch }: RuntimeOptions) {
  const files = new FileAccess({ root, dataDir })
  const localKafka = new LocalKafkaOfUser({ dataDir, ownerPid: kafkaOwnerPid })
  const file = path.join(root ?? dataDir, 'connections.json')
  const connections = new ConnectionAccess({ file, environment: process.env, keychain })
  const runs = new Runs(dataDir, files, localKafka, connections, watch)
  const connect = async (target: RunTarget, secrets?: TypedSecrets) => localKafka.resolve(await connections.resolve(target, secrets))
  const stream = <T>(items: AsyncGenerator<T, void>) => streamInWords(items, log)
  const api = implement(runtimeApi).use(async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      throw toRpcError(error, log)
    }
  })
  return {
    router: api.router({
      capabilities: api.capabilities.handler(() => ({ version, node: process.versions.node })),
      runs: {
        start: api.runs.start.handler(({ input }) => ({ runId: runs.start(input) })),
        stop: api.runs.stop.handler(({ input }) => runs.stop(input.runId)),
        list: api.runs.list.handler(() => runs.list()),
        watch: api.runs.watch.handler(({ input, signal }) => stream(runs.watch(input.runId, signal))),
        forget: api.runs.forget.handler(({ input }) => runs.forget(input.runId)),
        rows: api.runs.rows.handler(({ input }) => runs.rows(input.runId, input)),
        logs: api.runs.logs.handler(({ input }) => runs.logs(input.runId, input.fromSeq, input.limit)),
      },
      data: {
        topics: api.data.topics.handler(async ({ input }) => topicsOf(await inWords(connect(input.target)))),
        sampleTopic: api.data.sampleTopic.handler(async ({ input }) =>
          sampleTopic(await inWords(connect(input.target)), input.topic, input),
        ),
        sampleFile: api.data.sampleFile.handler(({ input }) => {
          const absolute = files.pathOf(input.path, files.of(input.folder))
          return sampleFile({ path: input.path, absolute }, input)
        }),
        sampleRows: api.data.sampleRows.handler(({ input }) => sampleRows(input, files, dataDir)),
        testConnection: api.data.testConnection.handler(({ input: { target, secrets, ...also } }) =>
          stream(testConnection(() => connect(target, secrets), also)),
        ),
      },
      localKafka: {
        watch: api.localKafka.watch.handler(({ signal }) => stream(localKafka.watch(signal))),
        start: api.localKafka.start.handler(() => localKafka.start()),
        stop: api.localKafka.stop.handler(() => localKafka.stop()),
        reset: api.localKafka.reset.handler(() => localKafka.reset()),
        topics: api.localKafka.topics.handler(() => localKafka.topics()),
        fill: api.localKafka.fill.handler(({ input, signal }) =>
          stream(localKafka.fill(checkSpec(input.spec), files.of(input.folder), input.replace, signal)),
        ),
        log: api.localKafka.log.handler(({ input }) => localKafka.log(input.limit)),
      },
    }),
    /** Lets documents use files below this folder. */
    allow: (folder: string): void => files.allow(folder),
    async close(): Promise<void> {
      await runs.close()
      await localKafka.close()
    },
  }
}

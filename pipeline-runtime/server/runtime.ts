import { implement } from '@orpc/server'
import { runtimeApi } from '../rpc/runtime-api.ts'
import { testConnection } from './connection-test.ts'
import { FileAccess } from './file-access.ts'
import { toRpcError } from './refusal.ts'
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
  /** Faults of the runtime itself, with their stacks. */
  readonly log?: ((error: unknown) => void) | undefined
}

/** What serves `runtimeApi`, over whatever carries its calls. */
export type Runtime = ReturnType<typeof createRuntime>

export function createRuntime({ dataDir, version, root, log = () => {} }: RuntimeOptions) {
  const files = new FileAccess({ root, dataDir })
  const runs = new Runs(dataDir, files)
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
        watch: api.runs.watch.handler(({ input, signal }) => runs.watch(input.runId, signal)),
        forget: api.runs.forget.handler(({ input }) => runs.forget(input.runId)),
        rows: api.runs.rows.handler(({ input }) => runs.rows(input.runId, input)),
        logs: api.runs.logs.handler(({ input }) => runs.logs(input.runId, input.fromSeq, input.limit)),
      },
      data: {
        topics: api.data.topics.handler(({ input }) => topicsOf(input.target)),
        sampleTopic: api.data.sampleTopic.handler(({ input }) => sampleTopic(input.target, input.topic, input)),
        sampleFile: api.data.sampleFile.handler(({ input }) => {
          const absolute = files.pathOf(input.path, files.of(input.folder))
          return sampleFile({ path: input.path, absolute }, input)
        }),
        sampleRows: api.data.sampleRows.handler(({ input }) => sampleRows(input, files, dataDir)),
        testConnection: api.data.testConnection.handler(({ input }) => testConnection(input.target)),
      },
    }),
    /** Lets documents use files below this folder. */
    allow: (folder: string): void => files.allow(folder),
    close: (): Promise<void> => runs.close(),
  }
}

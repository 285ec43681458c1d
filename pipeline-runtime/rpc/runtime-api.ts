import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ConnectionStep } from '../connectors/connection-kind.ts'
import type { InferredColumn } from '../formats/format.ts'
import { formatConfig } from '../formats/formats.ts'
import { startPosition, stopPosition } from '../spec/document.ts'
import type { Issue } from '../spec/issue.ts'
import type { RowPage } from './cells.ts'
import type { FillProgress, LocalKafkaState, LocalTopic } from './local-kafka-state.ts'
import type { LogLine, RunUpdate } from './run-state.ts'
import { runTarget, typedSecrets } from './run-target.ts'

/**
 * Between the page and the runtime. Inputs are parsed on the server; a refusal is an ORPCError whose `data` is a `RefusalData`.
 * Streams have no back-pressure, so they carry the latest state only; rows and log lines are pulled in pages.
 */

/** Of a refusal (`ORPCError.data`): why something could not be done, in words for the user. */
export interface RefusalData {
  readonly code: string
  readonly message: string
  readonly nodeId?: string | undefined
  readonly issues?: readonly Issue[] | undefined
}

/** The tabs of the Data panel: what passes at a step. `out` needs the port where the step has several. */
export const rowTabs = ['in', 'out', 'removed', 'late', 'set-aside'] as const
export type RowTab = (typeof rowTabs)[number]

/** Where files of the document are; an empty folder: the document was never saved. */
const files = {
  /** Absolute folder of the document, or '' for one that was never saved: then only absolute paths within allowed folders work. */
  folder: z.string(),
}

const startRun = z.strictObject({
  /** Compiled by the page; checked again here. */
  spec: z.unknown(),
  documentId: z.string().min(1),
  target: runTarget,
  /** Whether topics of a real cluster may be written. Where not, what would be written is counted and thrown away. */
  armed: z.boolean(),
  start: startPosition.optional(),
  stop: stopPosition.optional(),
  ...files,
})
export type StartRun = z.input<typeof startRun>

export interface RuntimeCapabilities {
  readonly version: string
  readonly node: string
}

export interface TopicInfo {
  readonly name: string
  readonly partitions: number
}

export interface SampledRows {
  readonly format: z.output<typeof formatConfig>
  readonly columns: readonly SampledColumn[]
  /** The column that most likely says when a row happened. */
  readonly eventTime?: string
  /** The sampled records decoded with these columns. */
  readonly page: RowPage
  /** Records that were looked at. */
  readonly records: number
}
/** `type` as text. */
export type SampledColumn = Omit<InferredColumn, 'type'> & { readonly type: string }

const runId = z.string().min(1)
const limit = z.int().min(1).max(5000)

export const runtimeApi = {
  capabilities: oc.output(type<RuntimeCapabilities>()),
  runs: {
    /** Resolves when the run is on its way; whatever goes wrong after that is a state of the run. */
    start: oc.input(startRun).output(type<{ readonly runId: string }>()),
    /** Asks a run to stop after the batch at hand; asked again, to let go of everything at once (a sink that does not answer). */
    stop: oc.input(z.strictObject({ runId })).output(type<void>()),
    /** Runs that the runtime holds: those under way, and the last one of each document. */
    list: oc.output(type<readonly RunUpdate[]>()),
    /** The latest state, at most four times a second, until the run is over (its last state is the last item). */
    watch: oc.input(z.strictObject({ runId })).output(eventIterator(type<RunUpdate>())),
    /** Forgets a run that is over. */
    forget: oc.input(z.strictObject({ runId })).output(type<void>()),
    /**
     * Rows that passed at a step: the newest `limit`, or those from `fromSeq` on (oldest first either way), fewer where rows are very
     * long. A tab that the step does not have is empty, without columns: what comes into a source, for one.
     */
    rows: oc
      .input(
        z.strictObject({
          runId,
          nodeId: z.string(),
          tab: z.enum(rowTabs),
          port: z.string().optional(),
          fromSeq: z.int().min(0).optional(),
          limit,
        }),
      )
      .output(type<RowPage>()),
    logs: oc
      .input(z.strictObject({ runId, fromSeq: z.int().min(0), limit }))
      .output(type<{ readonly lines: readonly LogLine[]; readonly total: number }>()),
  },
  data: {
    topics: oc.input(z.strictObject({ target: runTarget })).output(type<readonly TopicInfo[]>()),
    /** Reads up to `limit` of the newest records and guesses format, columns and the time column. */
    sampleTopic: oc
      .input(z.strictObject({ target: runTarget, topic: z.string().min(1), format: formatConfig.optional(), limit }))
      .output(type<SampledRows>()),
    /** The same of a file. `path` is relative to `folder` or absolute within allowed folders. */
    sampleFile: oc
      .input(z.strictObject({ path: z.string().min(1), format: formatConfig.optional(), limit, ...files }))
      .output(type<SampledRows>()),
    /** The first rows that come into a step when `spec` runs on its sample data, in a run that nobody sees: for values beside expressions. */
    sampleRows: oc.input(z.strictObject({ spec: z.unknown(), nodeId: z.string(), limit, ...files })).output(type<RowPage>()),
    /**
     * All steps so far, each time that one begins or ends. `secrets`: typed and not saved yet; others are those of the connection of the
     * target's name.
     */
    testConnection: oc
      .input(
        z.strictObject({
          target: runTarget,
          secrets: typedSecrets.default({}),
          topic: z.string().min(1).max(249).optional(),
          group: z.string().min(1).max(1000).optional(),
        }),
      )
      .output(eventIterator(type<readonly ConnectionStep[]>())),
  },
  /** The user's own Kafka on this machine: one for all windows and the command line. */
  localKafka: {
    /** The latest state, at most once a second, until the reader leaves. */
    watch: oc.output(eventIterator(type<LocalKafkaState>())),
    /** Resolves when it is on its way; what becomes of it is a state. */
    start: oc.output(type<void>()),
    /** Resolves when it has ended, like `reset`, which deletes all its topics, too. */
    stop: oc.output(type<void>()),
    reset: oc.output(type<void>()),
    /** What stands in it. Refuses LOCAL_KAFKA_STOPPED. */
    topics: oc.output(type<readonly LocalTopic[]>()),
    /** Writes the sample data of the sources that read topics, and makes topics that are not there; `replace` deletes what stands in them before. */
    fill: oc.input(z.strictObject({ spec: z.unknown(), replace: z.boolean(), ...files })).output(eventIterator(type<FillProgress>())),
    /** The newest lines that the broker printed, oldest first. */
    log: oc.input(z.strictObject({ limit })).output(type<{ readonly file: string; readonly lines: readonly string[] }>()),
  },
}

export type RuntimeApi = typeof runtimeApi

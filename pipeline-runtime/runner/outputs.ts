import { allowedPath } from '../connectors/files/allowed-path.ts'
import { openFileWriter } from '../connectors/files/file-writer.ts'
import type { LogPort, LogWriter, TopicDescription } from '../connectors/log-port.ts'
import { SampleWriter } from '../connectors/samples/sample-writer.ts'
import type { OutgoingRecord, SinkLimits } from '../engine/operator.ts'
import { formatNamed } from '../formats/formats.ts'
import type { SpecNode } from '../spec/spec.ts'
import { fieldsOf, schemaInto } from '../spec/spec-fields.ts'
import type { BoundNode } from './bindings.ts'
import { clusterKey, describeTopic, openCluster } from './cluster.ts'
import { RetentionWarning } from './retention-warning.ts'
import { RunError } from './run-error.ts'
import type { RunOptions } from './run-options.ts'

/** All sinks of a run that write outside the engine. */
export interface Outputs {
  /** What the topics take, by sink. */
  readonly sinkLimits: Readonly<Record<string, SinkLimits>>
  /** Waits where a sink is slower than the pipeline: that is the back-pressure. */
  append(nodeId: string, records: readonly OutgoingRecord[]): Promise<void>
  /** `during` is told which sinks are waited for. */
  flush(during?: WaitFor): Promise<void>
  /** Bytes written and synced, by path as the document has it. */
  fileLengths(): Readonly<Record<string, number>>
  close(): Promise<void>
  /** After a failure: lets go without a word. */
  abandon(): Promise<void>
}

export type WaitFor = (nodeIds: readonly string[], work: Promise<void>) => Promise<void>

interface FileOutput {
  readonly path: string
  readonly writer: Awaited<ReturnType<typeof openFileWriter>>
}

export async function openOutputs(
  bound: readonly BoundNode[],
  options: RunOptions,
  lengths: Readonly<Record<string, number>> | undefined,
): Promise<Outputs> {
  const ports = new Map<string, LogPort>()
  const writers: LogWriter[] = []
  const topics = new Map<string, { readonly writer: LogWriter; readonly topic: string }>()
  const files = new Map<string, FileOutput>()
  const sinkLimits: Record<string, SinkLimits> = {}
  const retention = new RetentionWarning(options.log)
  const abandon = async () => {
    await Promise.allSettled([...files.values()].map(({ writer }) => writer.close()))
    await Promise.allSettled([...ports.values()].map((port) => port.close()))
    files.clear()
    ports.clear()
  }
  try {
    const writerOf = new Map<string, LogWriter>()
    for (const output of bound) {
      if (output.access !== 'write') continue
      if (output.type === 'file') {
        const absolute = allowedPath(output.path, options.folder, options.allowedFolders)
        const writer = await openFileWriter({
          path: output.path,
          absolute,
          header: headerOf(output.node, options, output.format),
          length: lengths?.[output.path],
        })
        files.set(output.node.id, { path: output.path, writer })
        continue
      }
      const key = output.target.type === 'sample' ? 'sample' : clusterKey(output.target)
      const writer = writerOf.get(key) ?? (await openWriter(output, options, ports))
      if (!writerOf.has(key)) writers.push(writer)
      writerOf.set(key, writer)
      const port = ports.get(key)
      if (port !== undefined && output.target.type === 'kafka') {
        const limits = await limitsOf(output, port, output.target.config.bootstrap, options)
        sinkLimits[output.node.id] = limits
        // What is only counted is not deleted either.
        if (options.clusterWrites !== 'count') retention.watch(output.node.id, output.topic, limits.retentionMs)
      }
      topics.set(output.node.id, { writer, topic: output.topic })
    }
  } catch (error) {
    await abandon()
    throw error
  }
  const flush = async (during: WaitFor = (_nodeIds, work) => work) => {
    const ofTopics = writers.map((writer) => {
      const nodeIds = [...topics].filter(([, topic]) => topic.writer === writer).map(([nodeId]) => nodeId)
      return during(nodeIds, writer.flush())
    })
    await Promise.all([...ofTopics, ...Array.from(files, ([nodeId, { writer }]) => during([nodeId], writer.flush()))])
  }
  return {
    sinkLimits,
    async append(nodeId, records) {
      const file = files.get(nodeId)
      if (file !== undefined) return file.writer.append(records)
      const topic = topics.get(nodeId)
      if (topic === undefined) throw new RunError('NO_OUTPUT', `${nodeId} writes without having anything to write to.`, { nodeId })
      retention.look(nodeId, records)
      return topic.writer.append(topic.topic, records)
    },
    flush,
    fileLengths: () => Object.fromEntries([...files.values()].map(({ path, writer }) => [path, writer.length])),
    async close() {
      await flush()
      await Promise.all(writers.map((writer) => writer.close()))
      await abandon()
    },
    abandon,
  }
}

type BoundTopic = BoundNode & { readonly type: 'topic' }

async function openWriter(output: BoundTopic, options: RunOptions, ports: Map<string, LogPort>): Promise<LogWriter> {
  if (output.target.type === 'sample') return new SampleWriter()
  const { bootstrap } = output.target.config
  const port = openCluster(output.target, options)
  ports.set(clusterKey(output.target), port)
  options.onStep?.(`connecting to ${bootstrap} for writing`)
  return options.clusterWrites === 'count' ? NOWHERE : port.write()
}

/** The engine counts what a sink writes; here it ends. */
const NOWHERE: LogWriter = { append: async () => {}, flush: async () => {}, close: async () => {} }

/** What the topic of a sink takes. Where nothing is written anyway it need not be there. */
async function limitsOf(output: BoundTopic, port: LogPort, bootstrap: string, options: RunOptions): Promise<Partial<TopicDescription>> {
  const { node, topic } = output
  const advice = 'Create it first; Millrace does not create topics by itself.'
  if (options.clusterWrites !== 'count') return describeTopic(port, { nodeId: node.id, topic, bootstrap, advice }, options.onStep)
  options.onStep?.(`asking ${bootstrap} for the topic ${topic}`)
  const description = await port.describe(topic)
  if (description === undefined)
    options.log.warn({ node: node.id, topic }, `the topic is not there on ${bootstrap}; create it before writing`)
  return description ?? {}
}

function headerOf(node: SpecNode, options: RunOptions, format: { readonly type: string }): Uint8Array | undefined {
  const schema = schemaInto(options.spec, node.id)
  const implementation = formatNamed(format.type)
  return schema && implementation?.encoder(fieldsOf(schema), implementation.options.parse(format)).header
}

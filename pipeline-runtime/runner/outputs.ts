import { allowedPath } from '../connectors/files/allowed-path.ts'
import { openFileWriter } from '../connectors/files/file-writer.ts'
import { createKafkaPort } from '../connectors/kafka/kafka-log-port.ts'
import type { LogPort, LogWriter } from '../connectors/log-port.ts'
import { SampleWriter } from '../connectors/samples/sample-writer.ts'
import { parseType } from '../data/types.ts'
import type { OutgoingRecord, SinkLimits } from '../engine/operator.ts'
import { formatNamed } from '../formats/formats.ts'
import type { SpecNode } from '../spec/spec.ts'
import type { BoundNode } from './bindings.ts'
import { RunError } from './run-error.ts'
import type { RunOptions } from './run-options.ts'

/** All sinks of a run that write outside the engine. */
export interface Outputs {
  /** What the topics take, by sink. */
  readonly sinkLimits: Readonly<Record<string, SinkLimits>>
  /** Waits where a sink is slower than the pipeline: that is the back-pressure. */
  append(nodeId: string, records: readonly OutgoingRecord[]): Promise<void>
  flush(): Promise<void>
  /** Bytes written and synced, by path as the document has it. */
  fileLengths(): Readonly<Record<string, number>>
  close(): Promise<void>
  /** After a failure: lets go without a word. */
  abandon(): Promise<void>
}

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
      const key = output.target.type === 'sample' ? 'sample' : output.target.config.bootstrap
      const writer = writerOf.get(key) ?? (await openWriter(output, options, ports))
      if (!writerOf.has(key)) writers.push(writer)
      writerOf.set(key, writer)
      const port = ports.get(key)
      if (port !== undefined) sinkLimits[output.node.id] = await describeTopic(port, output, key)
      topics.set(output.node.id, { writer, topic: output.topic })
    }
  } catch (error) {
    await abandon()
    throw error
  }
  const flush = async () => {
    await Promise.all([...writers.map((writer) => writer.flush()), ...[...files.values()].map(({ writer }) => writer.flush())])
  }
  return {
    sinkLimits,
    async append(nodeId, records) {
      const file = files.get(nodeId)
      if (file !== undefined) return file.writer.append(records)
      const topic = topics.get(nodeId)
      if (topic === undefined) throw new RunError('NO_OUTPUT', `${nodeId} writes without having anything to write to.`, { nodeId })
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

/** What the topic takes; one that is not there is an error. */
async function describeTopic(
  port: LogPort,
  { node, topic }: BoundNode & { readonly type: 'topic' },
  bootstrap: string,
): Promise<SinkLimits> {
  const description = await port.describe(topic)
  if (description !== undefined) return description
  const message = `${node.id}: the topic ${topic} is not there on ${bootstrap}. Create it first; Millrace does not create topics by itself.`
  throw new RunError('TOPIC_NOT_FOUND', message, { nodeId: node.id })
}

async function openWriter(
  output: BoundNode & { readonly type: 'topic' },
  options: RunOptions,
  ports: Map<string, LogPort>,
): Promise<LogWriter> {
  if (output.target.type === 'sample') return new SampleWriter()
  const { bootstrap } = output.target.config
  const port = createKafkaPort({ bootstrap, log: (line) => options.log.warn({ bootstrap }, line) })
  ports.set(bootstrap, port)
  return port.write()
}

function headerOf(node: SpecNode, options: RunOptions, format: { readonly type: string }): Uint8Array | undefined {
  const edge = options.spec.edges.find((candidate) => candidate.to.node === node.id)
  const upstream = options.spec.nodes.find((candidate) => candidate.id === edge?.from.node)
  const columns = upstream?.outputs[edge?.from.port ?? '']?.columns ?? []
  const fields = columns.map(({ name, type }) => ({ name, type: parseType(type) ?? ({ name: 'STRING' } as const) }))
  const implementation = formatNamed(format.type)
  return implementation?.encoder(fields, implementation.options.parse(format)).header
}

import { openSampleFile } from '../connectors/samples/sample-file.ts'
import type { SampleTopic } from '../connectors/samples/sample-reader.ts'
import { openShape, sampleConfig } from '../samples/sample-config.ts'
import type { SpecNode } from '../spec/spec.ts'
import { RunError } from './run-error.ts'

export interface SampleRun {
  readonly folder: string
  readonly allowedFolders: readonly string[]
  /** Event time of the first row, in place of the block's own. */
  readonly startMs: number | undefined
  /** Whether the sample ends after its `count` rows. */
  readonly bounded: boolean
}

/** The rows that feed a source on sample data, from its `sample` block. */
export async function openSample(node: SpecNode, run: SampleRun): Promise<Omit<SampleTopic, 'topic'>> {
  const { sample, format } = node.config as { readonly sample?: unknown; readonly format: { readonly type: string } } // Of a source, checked by the compiler.
  if (sample === undefined) {
    throw new RunError(
      'NO_SAMPLE',
      `${node.id} has no sample data, so it cannot run on sample data. Name a cluster with --target HOST:PORT, or give the source a "sample".`,
      {
        nodeId: node.id,
      },
    )
  }
  const config = sampleConfig.parse(sample)
  if ('file' in config) {
    return {
      partitions: config.partitions,
      records: await openSampleFile({
        path: config.file,
        folder: run.folder,
        allowedFolders: run.allowedFolders,
        format: config.format ?? format,
      }),
    }
  }
  const { partitions, records } = openShape(config, { startMs: run.startMs, bounded: run.bounded })
  return { partitions, records }
}

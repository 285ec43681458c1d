import { hasErrors } from '../../pipeline-runtime/spec/issue.ts'
import type { Studio } from '../app/studio.ts'
import { dataFolder } from '../files/data-folder.ts'
import { formatCount } from '../format/figures.ts'

export interface FillOptions {
  /** Deletes what stands in the topics before. */
  readonly replace: boolean
  /** How far it is, in words. */
  readonly onProgress?: (words: string) => void
  readonly signal?: AbortSignal
}

/** Writes the sample data of the open document into the local Kafka, which has to run. Answers in words what was written; throws why not. */
export async function fillLocalKafka(studio: Studio, { replace, onProgress, signal }: FillOptions): Promise<string> {
  const { spec, issues } = await studio.compiled.settled()
  if (spec === undefined || hasErrors(issues))
    throw new Error('The document has problems. Mend them first, then its sample data can be written.')
  const client = await studio.host.runtime.ready()
  const progress = await client.localKafka.fill({ spec, replace, folder: dataFolder(studio) }, signal === undefined ? {} : { signal })
  for await (const step of progress) {
    if (step.type === 'writing') onProgress?.(`${step.topic}: ${formatCount(step.records)} rows`)
    else return step.topics.map(({ topic, records }) => `${formatCount(records)} rows written to ${topic}`).join(', ')
  }
  throw new Error('Writing the sample data was interrupted.')
}

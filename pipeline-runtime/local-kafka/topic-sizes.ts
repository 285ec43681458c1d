import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { brokerFiles } from './broker-config.ts'
import { ownKafkaFolder } from './running-broker.ts'

/** Bytes of records on the disk, by topic: Kafka keeps each partition in a folder `TOPIC-PARTITION`. Its indexes are not counted. */
export async function topicSizes(dataDir: string): Promise<ReadonlyMap<string, number>> {
  const { records } = brokerFiles(ownKafkaFolder(dataDir))
  const sizes = new Map<string, number>()
  for (const folder of await readdir(records, { withFileTypes: true }).catch(() => [])) {
    const topic = /^(.+)-\d+$/.exec(folder.name)?.[1]
    if (!folder.isDirectory() || topic === undefined) continue
    sizes.set(topic, (sizes.get(topic) ?? 0) + (await segmentBytes(path.join(records, folder.name))))
  }
  return sizes
}

async function segmentBytes(folder: string): Promise<number> {
  let bytes = 0
  // A segment may be deleted while we look.
  for (const name of await readdir(folder).catch(() => []))
    if (name.endsWith('.log'))
      bytes += await stat(path.join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      )
  return bytes
}

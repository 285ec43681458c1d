import { valueBytes } from '../../data/log-records.ts'
import type { SampleRecord } from '../../samples/sample-shape.ts'
import type { FormatConfig } from '../../spec/node-kind.ts'
import { allowedPath } from '../files/allowed-path.ts'
import { openFileReader } from '../files/file-reader.ts'

export interface SampleFile {
  readonly path: string
  readonly folder: string
  readonly allowedFolders: readonly string[]
  readonly format: FormatConfig
}

/** The records of a file as sample data. The file is read whole: samples are small. */
export async function openSampleFile(file: SampleFile): Promise<Iterator<SampleRecord>> {
  const reader = await openFileReader({
    path: file.path,
    absolute: allowedPath(file.path, file.folder, file.allowedFolders),
    format: file.format,
  })
  const records: SampleRecord[] = []
  try {
    for (let ended = false; !ended; ) {
      for (const event of await reader.poll(100)) {
        if (event.type === 'ended') ended = true
        if (event.type !== 'records') continue
        for (let i = 0; i < event.records.count; i++) {
          const value = valueBytes(event.records, i)
          if (value !== null) records.push({ timestampMs: 0, arrivalMs: 0, key: '', value: value.slice() })
        }
      }
    }
  } finally {
    await reader.close()
  }
  return records[Symbol.iterator]()
}

import type { Studio } from '../app/studio.ts'

/** Where paths of data files are relative to: beside the document, before it was saved in the folder that is served; else nowhere. */
export function dataFolder({ documents, capabilities }: Pick<Studio, 'documents' | 'capabilities'>): string {
  return documents.getState().place?.folder ?? capabilities.folder ?? ''
}

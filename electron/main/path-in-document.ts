import path from 'node:path'

/** As a step of a document names a file: relative to the document's folder where it lies inside, so that both can be moved together. */
export function pathInDocument(folder: string, file: string, ways: path.PlatformPath = path): string {
  if (folder === '') return file
  const relative = ways.relative(folder, file)
  const inside = relative !== '' && !relative.startsWith('..') && !ways.isAbsolute(relative)
  return inside ? relative.split(ways.sep).join('/') : file
}

import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import yauzl from 'yauzl'

/** The texts of the files in an archive whose names are wanted. */
export async function zipTexts(archive, wanted) {
  const zip = await promisify(yauzl.open)(archive, { lazyEntries: true, autoClose: true })
  const openEntry = promisify(zip.openReadStream.bind(zip))
  const texts = []
  await new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (entry) => {
      if (!wanted(entry.fileName) || entry.fileName.endsWith('/')) return zip.readEntry()
      openEntry(entry)
        .then(text)
        .then((content) => {
          texts.push(content)
          zip.readEntry()
        }, reject)
    })
    zip.readEntry()
  })
  return texts
}

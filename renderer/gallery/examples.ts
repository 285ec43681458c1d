import guessedPasswords from '../../pipeline-runtime/examples/guessed-passwords.millrace.json?raw'
import liveReport from '../../pipeline-runtime/examples/live-report.millrace.json?raw'
import lyingSensor from '../../pipeline-runtime/examples/lying-sensor.millrace.json?raw'
import purchasesPerCountry from '../../pipeline-runtime/examples/purchases-per-country.millrace.json?raw'
import slowApi from '../../pipeline-runtime/examples/slow-api.millrace.json?raw'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { readDocument } from '../../pipeline-runtime/spec/read-document.ts'
import { type Still, stillsSchema } from './still.ts'
import stills from './stills.json?raw'

export interface Example {
  readonly name: string
  /** The first sentence of its note. */
  readonly question: string
  readonly still: Still
  /** A new one each time: what is opened and edited must not change what the card opens next. */
  open(): Document
}

/** In the order in which they lead on: from one group and one filter to what looks right and is not. */
const texts: readonly (readonly [name: string, text: string])[] = [
  ['purchases-per-country', purchasesPerCountry],
  ['live-report', liveReport],
  ['guessed-passwords', guessedPasswords],
  ['slow-api', slowApi],
  ['lying-sensor', lyingSensor],
]

const allStills = stillsSchema.parse(JSON.parse(stills))

export const examples: readonly Example[] = texts.map(([name, text]) => {
  const still = allStills[name]
  if (still === undefined) throw new Error(`There is no still of ${name}: npm run generate.`)
  return { name, question: questionOf(read(name, text)), still, open: () => read(name, text) }
})

function read(name: string, text: string): Document {
  const { document, issues } = readDocument(text, { kinds })
  if (document === undefined) throw new Error(`${name}: ${issues[0]?.message ?? 'no document'}`)
  return document
}

export function questionOf({ notes, name }: Pick<Document, 'notes' | 'name'>): string {
  const text = notes[0]?.text ?? name
  return /^[^?]*\?/.exec(text)?.[0] ?? text
}

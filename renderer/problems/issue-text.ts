import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Issue } from '../../pipeline-runtime/spec/issue.ts'
import { pointerParts } from '../../pipeline-runtime/spec/json.ts'
import { metaOf, schemaAt } from '../../pipeline-runtime/spec/schema-walk.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { titleIn } from '../edit/title-in.ts'

/** What is wrong, in the words of the screen: the compiler speaks of ids, ports and fields, as they stand in the file. */
export function issueText(document: Document, issue: Issue): string {
  switch (issue.code) {
    case 'UNCONNECTED_INPUT':
      return 'Nothing comes in yet. Connect a step to it.'
    case 'UNCONNECTED_OUTPUT':
      return `What leaves at "${unwiredPort(document, issue)}" must not get lost. Connect a step there, or choose another way in the settings.`
    case 'ROWS_GO_NOWHERE':
      return 'Its rows go nowhere. Connect a step behind it, or delete it.'
    case 'TOO_MANY_EDGES':
      return 'Only one link may come in here, and there are several. Delete one, or bring the rows together in a step in front.'
    case 'DUPLICATE_EDGE':
      return 'This link is there twice. Delete one of them.'
    case 'UPSERT_NOT_ACCEPTED':
      return 'Rows that come in replace earlier ones, and this step cannot take those back. Let results come once only, or connect a step that replaces rows by key.'
    case 'DEAD_LETTER_NOT_ACCEPTED':
      return 'Rows that were set aside come in, and this step cannot take them. Connect a step that writes them as they were.'
    case 'MISSING_FIELD':
      return missing(document, issue) ?? inScreenWords(document, issue.message)
    default:
      return inScreenWords(document, issue.message)
  }
}

/** The connection point that has to be connected and is not. */
function unwiredPort(document: Document, { nodeId }: Issue): string {
  const node = document.nodes.find(({ id }) => id === nodeId)
  const ports = node === undefined ? [] : stepFacts(node).ports.out
  const port = ports.find(({ name, required }) => required === true && !document.edges.some(({ from }) => from === `${nodeId}.${name}`))
  return port?.title ?? 'Set aside'
}

/** `Topic is not set yet.` */
function missing(document: Document, { nodeId, path }: Issue): string | undefined {
  const node = document.nodes.find(({ id }) => id === nodeId)
  const [, , section, ...rest] = pointerParts(path)
  const { kind } = node === undefined ? {} : stepFacts(node)
  if (node === undefined || kind === undefined || section !== 'config') return undefined
  const schema = schemaAt(kind.config, node.config, rest)
  const title: unknown = schema === undefined ? undefined : metaOf(schema).title
  if (typeof title !== 'string') return undefined
  return `${title} ${title.endsWith('s') && !title.endsWith('ss') ? 'are' : 'is'} not set yet.`
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bnodes\b/g, 'steps'],
  [/\bnode\b/g, 'step'],
  [/\bNode\b/g, 'Step'],
  [/\bedges\b/g, 'links'],
  [/\bedge\b/g, 'link'],
  [/\bports\b/g, 'connection points'],
  [/\b(in|out) port\b/g, 'connection point'],
  [/\ban link\b/g, 'a link'],
]

/** Steps and links, and the titles of the steps, which are words of the user by then. */
function inScreenWords(document: Document, message: string): string {
  const titled = outsideOfQuotes(message, (part) => withTitles(document, part))
  const worded = outsideOfQuotes(titled, (part) => WORDS.reduce((text, [from, to]) => text.replace(from, to), part))
  return worded.replaceAll(/("[^"]+") \([A-Za-z][A-Za-z0-9]*\)/g, '$1')
}

/** In quotes stand the words of the user. */
function outsideOfQuotes(text: string, change: (part: string) => string): string {
  return text
    .split(/("[^"]*")/)
    .map((part, i) => (i % 2 === 1 ? part : change(part)))
    .join('')
}

/** `per_country.out` is "Per country". */
function withTitles(document: Document, text: string): string {
  return text.replaceAll(/\b([a-z][a-z0-9_-]*)\.[a-z][a-z0-9_-]*\b/g, (match, id: string) =>
    document.nodes.some((node) => node.id === id) ? `"${titleIn(document, id)}"` : match,
  )
}

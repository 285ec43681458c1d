import { expect, test } from 'vitest'
import { type DocumentInput, documentSchema } from '../../pipeline-runtime/spec/document.ts'
import { applyChange, type Change } from './change.ts'
import { compileHere } from './compile-here.ts'
import { answerChange, changeOf, withAnswer, withChange } from './compile-messages.ts'
import type { CompileAnswer } from './compiler.ts'
import { emptyDocument } from './document-store.ts'

const input: DocumentInput = {
  format: 1,
  kinds: {},
  name: 'Paid',
  nodes: [
    {
      id: 'purchases',
      kind: 'kafka-source',
      config: { connection: 'shop', topic: 'purchases', columns: [{ name: 'amount', type: 'DOUBLE' }] },
    },
    { id: 'paid', kind: 'filter', config: { condition: 'amount > 1' } },
    { id: 'all', kind: 'table-sink', config: {} },
  ],
  edges: [
    { from: 'purchases.out', to: 'paid.in' },
    { from: 'paid.out', to: 'all.in' },
  ],
}
const document = documentSchema.parse(input)

const changes: readonly Change[] = [
  { type: 'set-config', nodeId: 'paid', path: ['condition'], value: 'amount > 2' },
  { type: 'set-config', nodeId: 'paid', path: ['condition'], value: 'amont > 2' },
  { type: 'set-config', nodeId: 'purchases', path: ['columns'], value: [{ name: 'amont', type: 'BIGINT' }] },
  { type: 'set-title', nodeId: 'all', title: 'Everything' },
  { type: 'remove', nodes: ['paid'] },
  { type: 'add', edges: [{ from: 'purchases.out', to: 'all.in' }] },
  { type: 'set-document', fields: { timeZone: 'Europe/Berlin' } },
]

function answerOf(version: number, of: typeof document): CompileAnswer {
  let found: CompileAnswer | undefined
  compileHere().compile({ version, document: of }, (answer) => {
    found = answer
  })
  if (found === undefined) throw new Error('It compiles at once.')
  return found
}

test('the worker has the document of the page after every change, and the page the answer of the worker', () => {
  let page = document
  let worker = withChange(emptyDocument, changeOf(undefined, page))
  let answered = answerOf(0, worker)
  let known = withAnswer({ version: 0, issues: [], outputs: new Map() }, answerChange(undefined, answered))
  expect(worker).toEqual(document)
  expect(known).toEqual(answered)
  changes.forEach((change, i) => {
    const before = page
    page = applyChange(page, change)
    worker = withChange(worker, structuredClone(changeOf(before, page)))
    const now = answerOf(i + 1, worker)
    known = withAnswer(known, structuredClone(answerChange(answered, now)))
    answered = now
    expect(worker).toEqual(page)
    expect(known).toEqual(now)
  })
})

test('only the step that was typed into is sent, and only columns that became others come back', () => {
  const after = applyChange(document, { type: 'set-config', nodeId: 'paid', path: ['condition'], value: 'amount > 2' })
  expect(changeOf(document, after)).toEqual({ fields: {}, nodes: [[1, after.nodes[1]]] })
  expect(answerChange(answerOf(1, document), answerOf(2, after))).toEqual({ version: 2, outputs: [] })
})

test('what did not change is the same object as before', () => {
  const first = answerOf(1, document)
  const renamed = withAnswer(first, answerChange(first, answerOf(2, { ...document, name: 'Other' })))
  expect(renamed.issues).toBe(first.issues)
  expect(renamed.outputs).toBe(first.outputs)
})

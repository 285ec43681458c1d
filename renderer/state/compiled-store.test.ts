import { expect, test } from 'vitest'
import { compileHere } from './compile-here.ts'
import { createCompiledStore } from './compiled-store.ts'
import type { CompileRequest, Compiler } from './compiler.ts'
import { createDocumentStore, emptyDocument } from './document-store.ts'

const filter = (condition: string) => ({ id: 'paid', kind: 'filter', config: { condition } })

/** Answers only when it is told to. */
function slowCompiler() {
  const here = compileHere()
  const requests: CompileRequest[] = []
  let go = (): void => {}
  const compiler: Compiler = {
    ...here,
    compile(request, answer) {
      requests.push(request)
      go = () => here.compile(request, answer)
    },
  }
  return { compiler, requests, go: () => go() }
}

test('while it compiles only the newest document waits', async () => {
  const documents = createDocumentStore()
  const { compiler, requests, go } = slowCompiler()
  const compiled = createCompiledStore(documents, compiler)
  for (const condition of ['a', 'am', 'amount > 1']) documents.open({ ...emptyDocument, nodes: [filter(condition)] })
  const settled = compiled.settled()
  go()
  go()
  expect(requests.map(({ document }) => document.nodes[0]?.config)).toEqual([undefined, { condition: 'amount > 1' }])
  const { document, spec, issues } = await settled
  expect(document).toBe(documents.getState().document)
  expect(issues.length).toBeGreaterThan(0)
  expect(spec).toBeUndefined()
})

test('a document without errors has a spec when it is asked for, and its hash a moment later', async () => {
  const documents = createDocumentStore()
  const compiled = createCompiledStore(documents, compileHere())
  documents.open({
    ...emptyDocument,
    nodes: [
      {
        id: 'purchases',
        kind: 'kafka-source',
        config: { connection: 'shop', topic: 'purchases', columns: [{ name: 'amount', type: 'DOUBLE' }] },
      },
      { id: 'all', kind: 'table-sink', config: {} },
    ],
    edges: [{ from: 'purchases.out', to: 'all.in' }],
  })
  const { spec } = await compiled.settled()
  expect(spec?.nodes.map(({ id }) => id)).toEqual(['purchases', 'all'])
  await expect.poll(() => compiled.getState().specHash).toBe(spec?.hash)
})

test('issues of a step are the same list as before where only those of another changed', () => {
  const documents = createDocumentStore()
  const compiled = createCompiledStore(documents, compileHere())
  const other = { id: 'other', kind: 'filter', config: {} }
  documents.open({ ...emptyDocument, nodes: [filter('a'), other] })
  const before = compiled.getState().issuesByNode
  documents.open({ ...emptyDocument, nodes: [filter(''), other] })
  const after = compiled.getState().issuesByNode
  expect(after.get('other')).toBe(before.get('other'))
  expect(after.get('paid')).not.toBe(before.get('paid'))
})

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { type formatMigrations, frozenDocuments, migrateFormat, migrationGaps } from '../../pipeline-runtime/spec/migrations.ts'
import { defineNodeKind, type NodeKind } from '../../pipeline-runtime/spec/node-kind.ts'
import { readDocument } from '../../pipeline-runtime/spec/read-document.ts'
import { writeDocument } from '../../pipeline-runtime/spec/write-document.ts'
import { frozenNames, frozenText } from './frozen.ts'

test('the chains of migrations have no gaps', () => {
  expect(migrationGaps(kinds)).toEqual([])
})

test('each version that ever existed has its frozen document', () => {
  expect(frozenDocuments(kinds).filter((name) => !frozenNames().includes(name))).toEqual([])
})

test.each(frozenNames())('%s can be read, compiled and written in the newest form', (name) => {
  const { issues, document } = readDocument(frozenText(name), { kinds })
  expect(issues).toEqual([])
  if (document === undefined) return
  expect(compile(document, { kinds }).issues).toEqual([])
  const text = writeDocument(document, { kinds })
  const again = readDocument(text, { kinds })
  expect(again.migrated).toBe(false)
  expect(again.document === undefined ? undefined : writeDocument(again.document, { kinds })).toBe(text)
})

// A kind with a past, to show that all this is noticed.
function kindOfVersion(version: number, migrations: NodeKind['migrations']): NodeKind {
  return defineNodeKind({
    kind: 'fake',
    version,
    title: 'Fake',
    category: 'read',
    icon: 'ghost',
    description: 'For tests.',
    config: z.strictObject({ seconds: z.int().optional(), sizeMs: z.int().optional(), size: z.strictObject({ ms: z.int() }).optional() }),
    ports: () => ({ in: [], out: [] }),
    derive: () => ({}),
    sentence: () => '',
    promise: 'order',
    migrations,
    examples: [],
  })
}

const toMs: NodeKind['migrations'][number] = ({ seconds, ...rest }) => ({ ...rest, sizeMs: Number(seconds) * 1000 })
const toObject: NodeKind['migrations'][number] = ({ sizeMs, ...rest }) => ({ ...rest, size: { ms: sizeMs } })

describe('a fake kind of version 3', () => {
  const fake = kindOfVersion(3, [toMs, toObject])

  test('needs a frozen document of each version before it, and a chain of two', () => {
    expect(frozenDocuments([fake])).toEqual(['format-1', 'fake-1', 'fake-2'])
    expect(migrationGaps([fake])).toEqual([])
    expect(migrationGaps([kindOfVersion(3, [toMs])])).toEqual(['fake 3 needs 2 migrations, there are 1.'])
    expect(migrationGaps([kindOfVersion(1, [toMs])])).toEqual(['fake 1 needs 0 migrations, there are 1.'])
    expect(migrationGaps([], [], 2)).toEqual(['Format 2 needs 1 migrations, there are 0.'])
  })

  test.each([
    [1, { seconds: 5 }],
    [2, { sizeMs: 5000 }],
    [3, { size: { ms: 5000 } }],
  ])('reads its version %i', (version, config) => {
    const nodes = [
      { id: 'a', kind: 'fake', config },
      { id: 'b', kind: 'other', config: { seconds: 5 } },
    ]
    const text = JSON.stringify({ format: 1, kinds: { fake: version, other: 1 }, name: 'n', nodes, edges: [] })
    const { issues, document, migrated } = readDocument(text, { kinds: [fake] })
    expect(issues).toEqual([])
    expect(document?.kinds).toEqual({ fake: 3, other: 1 })
    expect(document?.nodes.map((node) => node.config)).toEqual([{ size: { ms: 5000 } }, { seconds: 5 }])
    expect(migrated).toBe(version < 3)
  })

  test('a migration that fails is an issue', () => {
    const broken = kindOfVersion(2, [
      () => {
        throw new Error('no seconds here')
      },
    ])
    const { issues } = readDocument(
      '{ "format": 1, "kinds": { "fake": 1 }, "name": "n", "nodes": [{ "id": "a", "kind": "fake" }], "edges": [] }',
      { kinds: [broken] },
    )
    expect(issues.map(({ code, message }) => [code, message.includes('no seconds here')])).toEqual([['MIGRATION_FAILED', true]])
  })
})

test('migrations of the format run one after the other and change no input', () => {
  const old = { format: 1, title: 'n' }
  const migrations: typeof formatMigrations = [({ title, ...rest }) => ({ ...rest, name: title }), (json) => ({ ...json, nodes: [] })]
  expect(migrateFormat(old, 1, migrations)).toEqual({ format: 3, name: 'n', nodes: [] })
  expect(migrateFormat({ format: 2, name: 'm' }, 2, migrations)).toEqual({ format: 3, name: 'm', nodes: [] })
  expect(old).toEqual({ format: 1, title: 'n' })
})

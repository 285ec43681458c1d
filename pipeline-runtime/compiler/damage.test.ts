import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kinds } from '../nodes/catalog.ts'
import { applyFix } from '../spec/apply-fix.ts'
import { documentSchema } from '../spec/document.ts'
import { hasErrors, type Issue } from '../spec/issue.ts'
import { issueCodes } from '../spec/issue-codes.ts'
import { isJsonObject, pointer, pointerParts, valueAt } from '../spec/json.ts'
import { readDocument, readDocumentJson } from '../spec/read-document.ts'
import { compile } from './compile.ts'

// Damaged documents: whatever stands in them, there is an issue that says so, and nothing throws.

const folder = new URL('../../test/migrations/documents/', import.meta.url)
const frozen = readdirSync(folder).map((name): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))

function pathsOf(json: unknown, path: readonly (string | number)[] = []): string[] {
  const inner = Array.isArray(json) ? [...json.entries()] : isJsonObject(json) ? Object.entries(json) : []
  return [pointer(...path), ...inner.flatMap(([key, value]) => pathsOf(value, [...path, key]))]
}

const odd = fc.oneof(
  fc.constantFrom(
    'constructor',
    '__proto__',
    'toString.valueOf',
    'purchases.constructor',
    'paid.in',
    '',
    'a.b.c',
    -1,
    0,
    1e300,
    null,
    true,
    [],
    {},
    [{}],
    { type: 'constructor' },
    undefined,
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

const damaged = fc
  .record({
    json: fc.constantFrom(...frozen),
    damage: fc.array(fc.record({ where: fc.nat(), value: odd }), { minLength: 1, maxLength: 3 }),
  })
  .map(({ json, damage }) =>
    damage.reduce((current, { where, value }) => {
      const paths = pathsOf(current)
      return applyFix(current, { title: '', edits: [{ path: paths[where % paths.length] ?? '', value }] })
    }, json),
  )

function check(issues: readonly Issue[], json: unknown): void {
  for (const issue of issues) {
    expect(issueCodes).toHaveProperty([issue.code])
    expect(issue.code).not.toBe('KIND_FAILED')
    expect(issue.message).toMatch(/[.!?]$/)
    expect(issue.message).not.toContain('\u0000')
    expect(issue.message).not.toMatch(/undefined|\[object|NaN/)
    const parts = pointerParts(issue.path)
    // What is missing stands in something that is there.
    if (json !== undefined && parts.length > 1) expect(valueAt(json, parts.slice(0, -1)), issue.path).toBeDefined()
  }
}

test('damaged documents give issues', () => {
  fc.assert(
    fc.property(damaged, (json) => {
      const text = JSON.stringify(json) ?? ''
      const read = readDocument(text, { kinds })
      check(read.issues, json)
      expect(read.document === undefined).toBe(hasErrors(read.issues))
      if (read.document === undefined) return
      const { issues, spec } = compile(read.document, { kinds })
      check(issues, read.document)
      expect(spec === undefined).toBe(hasErrors(issues))
    }),
    { numRuns: 400 },
  )
}, 60_000)

test('fixes can be applied and leave a document', () => {
  fc.assert(
    fc.property(damaged, (json) => {
      const { document } = readDocumentJson(json, { kinds })
      if (document === undefined) return
      for (const { fix, code } of compile(document, { kinds }).issues) {
        if (fix === undefined) continue
        const mended = documentSchema.safeParse(applyFix(document, fix))
        expect(mended.success, code).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('texts that are cut off or scrambled give issues', () => {
  const text = JSON.stringify(frozen[0])
  fc.assert(
    fc.property(fc.nat({ max: text.length }), fc.string({ maxLength: 3 }), (at, inserted) => {
      for (const broken of [text.slice(0, at), text.slice(0, at) + inserted + text.slice(at)])
        check(readDocument(broken, { kinds }).issues, undefined)
    }),
    { numRuns: 200 },
  )
}, 60_000)

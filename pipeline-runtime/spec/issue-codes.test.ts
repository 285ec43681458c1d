import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { issueCodes } from './issue-codes.ts'

const folders = ['spec', 'compiler', 'nodes', 'expressions']
/** Running code puts its codes on records and failures, not on issues. */
const isSource = (name: string): boolean =>
  name.endsWith('.ts') &&
  !/\.(test|contract)\.ts$/.test(name) &&
  !/(operator|decoding|encoding|set-aside|failed-rows|refusal)\.ts$/.test(name)
/** `code: 'X'`, and calls of the helpers that take a code first: `report('X'`, `analysis.error('X'`. */
const CODE =
  /(?:\bcode(?:: | = |: .{1,40} \? )|\b\w*(?:[eE]rror|[wW]arn(?:ing)?|refuse|close|issue|report|problem)\(\s*)'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'/g

test('every code in the sources of spec, compiler, nodes and expressions is listed', () => {
  const unlisted: string[] = []
  let found = 0
  for (const folder of folders) {
    const root = new URL(`../${folder}/`, import.meta.url)
    for (const entry of readdirSync(root, { recursive: true })) {
      const name = String(entry)
      if (!isSource(name)) continue
      const source = readFileSync(new URL(name, root), 'utf8').replaceAll(/\bexamples:.*$/gs, '')
      for (const [, code = ''] of source.matchAll(CODE)) {
        found++
        if (!Object.hasOwn(issueCodes, code)) unlisted.push(`${folder}/${name}: ${code}`)
      }
    }
  }
  expect(found).toBeGreaterThan(60)
  expect(unlisted).toEqual([])
})

test('meanings are sentences', () => {
  for (const [code, meaning] of Object.entries(issueCodes)) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
    expect(meaning).toMatch(/\.$/)
  }
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { shown } from './example-rows.contract.ts'
import { functionTable } from './function-table.ts'
import { functionsPage } from './functions-page.ts'

describe('examples of the function table', () => {
  for (const entry of functionTable) {
    for (const example of entry.examples) test(`${example.text} is ${example.value}`, () => expect(shown(example.text)).toBe(example.value))
  }
  test('each entry has an example and a name of its own', () => {
    expect(functionTable.filter((entry) => entry.examples.length === 0)).toEqual([])
    expect(new Set(functionTable.map((entry) => entry.name)).size).toBe(functionTable.length)
  })
})

test('docs/reference/functions.md is what the table gives', () => {
  expect(readFileSync(new URL('../../docs/reference/functions.md', import.meta.url), 'utf8')).toBe(functionsPage())
})

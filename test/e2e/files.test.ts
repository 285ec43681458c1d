import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkOrders } from './check-orders.ts'
import { millrace } from './command-line.ts'
import { expected, ordersDocument, writeCsv, writeJsonLines } from './orders-files.ts'

// `npm run bench:files` does the same with a million rows.
const COUNT = 40_000
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-files-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  ['json', 'orders.jsonl', writeJsonLines],
  ['csv', 'orders.csv', writeCsv],
] as const)('%s', (format, file, write) => {
  test('rows, late rows and errors are exactly what an independent computation says, twice the same bytes', {
    timeout: 60_000,
  }, async () => {
    write(path.join(folder, file), COUNT)
    writeFileSync(path.join(folder, `${format}.millrace.json`), JSON.stringify(ordersDocument(format, file)))
    const run = async () => {
      const finished = await millrace(['run', `${format}.millrace.json`], { cwd: folder })
      expect(finished.stderr).toMatch(/Done after/)
      expect(finished.code).toBe(0)
      return ['result', 'late', 'broken'].map((sink) => readFileSync(path.join(folder, `orders.${format}.${sink}.jsonl`), 'utf8'))
    }
    const [result = '', late = '', broken = ''] = await run()
    checkOrders(expected(COUNT), { result, late, broken })
    expect(await run()).toEqual([result, late, broken])
  })
})

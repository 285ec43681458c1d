import { expect, test } from 'vitest'
import { documentPath, suggestedFileName } from './document-name.ts'

test.each([
  ['Purchases per country', 'purchases-per-country.millrace.json'],
  ['Größe: À la carte!', 'gro-e-a-la-carte.millrace.json'],
  ['…', 'untitled.millrace.json'],
  ['../../etc/passwd', 'etc-passwd.millrace.json'],
])('a file for "%s" is suggested as %s', (name, file) => {
  expect(suggestedFileName(name)).toBe(file)
})

test.each([
  ['orders', 'orders.millrace.json'],
  [' reports/orders ', 'reports/orders.millrace.json'],
  ['orders.json', 'orders.millrace.json'],
  ['orders.millrace.json', 'orders.millrace.json'],
  ['  ', ''],
])('typed "%s" is the path "%s"', (typed, path) => {
  expect(documentPath(typed)).toBe(path)
})

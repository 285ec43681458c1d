import path from 'node:path'
import { expect, test } from 'vitest'
import { pathInDocument } from './path-in-document.ts'

test('inside of the document’s folder a path is relative, with slashes on every system', () => {
  expect(pathInDocument('/home/ada', '/home/ada/data/orders.csv', path.posix)).toBe('data/orders.csv')
  expect(pathInDocument('C:\\ada', 'C:\\ada\\data\\orders.csv', path.win32)).toBe('data/orders.csv')
})

test('outside of it, and for a document that was never saved, it is absolute', () => {
  expect(pathInDocument('/home/ada', '/home/bob/orders.csv', path.posix)).toBe('/home/bob/orders.csv')
  expect(pathInDocument('C:\\ada', 'D:\\orders.csv', path.win32)).toBe('D:\\orders.csv')
  expect(pathInDocument('', '/home/ada/orders.csv', path.posix)).toBe('/home/ada/orders.csv')
})

import path from 'node:path'
import { expect, test } from 'vitest'
import { fileArguments } from './file-arguments.ts'

test('documents, seen from the folder of the start; switches and the application itself are none', () => {
  const args = ['/usr/bin/electron', '--no-sandbox', '--x=y.json', '.', 'orders.millrace.json', '/data/Old.JSON', 'notes.txt']
  expect(fileArguments(args, path.resolve('/home/ada'))).toEqual([
    path.resolve('/home/ada/orders.millrace.json'),
    path.resolve('/data/Old.JSON'),
  ])
})

import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectionFile } from './connection-file.ts'

test('the first connection of a user makes the folder in which it is kept', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-connections-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const connections = connectionFile(path.join(folder, 'data', 'connections.json'), {})
  expect(await connections.list()).toEqual([])
  const shop = { name: 'shop', kind: 'kafka', config: { bootstrap: 'localhost:9092' } } as const
  await connections.save(shop)
  expect(await connections.list()).toEqual([shop])
  await connections.remove('shop')
  expect(await connections.list()).toEqual([])
})

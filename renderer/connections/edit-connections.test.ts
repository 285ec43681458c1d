import { expect, test } from 'vitest'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import type { Studio } from '../app/studio.ts'
import type { ShellClient } from '../host/host.ts'
import { testStudio } from '../test-studio.contract.ts'
import { removeConnection, saveConnection } from './edit-connections.ts'

const shop: NamedConnection = { name: 'shop', kind: 'kafka', config: { bootstrap: '127.0.0.1:9092' } }

/** A studio that keeps connections, and whose next run writes to the shop. */
function openStudio() {
  const kept = new Map([[shop.name, shop]])
  const connections = {
    list: async () => [...kept.values()],
    save: async ({ renamed, ...connection }: NamedConnection & { renamed?: string }) => {
      if (renamed !== undefined) kept.delete(renamed)
      kept.set(connection.name, connection)
    },
    remove: async ({ name }: { name: string }) => void kept.delete(name),
  }
  const { studio: page } = testStudio()
  const studio: Studio = { ...page, host: { ...page.host, shell: { connections } as unknown as ShellClient } }
  studio.runs.configure({ target: { type: 'kafka', name: shop.name, config: shop.config }, armed: true })
  return { studio, kept, settings: () => studio.runs.getState().settings }
}

test('the target follows a connection that is changed, and writing is off there', async () => {
  const { studio, settings } = openStudio()
  await saveConnection(studio, shop, { before: 'shop' })
  expect(settings().armed).toBe(true)
  await saveConnection(studio, { ...shop, config: { bootstrap: 'other:9092' } }, { before: 'shop' })
  expect(settings()).toMatchObject({ target: { name: 'shop', config: { bootstrap: 'other:9092' } }, armed: false })
})

test('a renamed connection is kept once, under its new name', async () => {
  const { studio, kept, settings } = openStudio()
  await saveConnection(studio, { ...shop, name: 'store' }, { before: 'shop' })
  expect([...kept.keys()]).toEqual(['store'])
  expect(settings().target).toMatchObject({ name: 'store' })
})

test('without its connection the next run is on sample data; other connections change nothing', async () => {
  const { studio, settings } = openStudio()
  await saveConnection(studio, { ...shop, name: 'other' })
  await removeConnection(studio, 'other')
  expect(settings()).toMatchObject({ target: { name: 'shop' }, armed: true })
  await removeConnection(studio, 'shop')
  expect(settings()).toMatchObject({ target: { type: 'sample' }, armed: false })
})

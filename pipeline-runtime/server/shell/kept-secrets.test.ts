import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NamedConnection } from '../../rpc/shell-api.ts'
import { KeptSecrets, type Keychain } from './kept-secrets.ts'

let folder = ''
let kept: KeptSecrets
/** Seals by turning the text round. */
const keychain: Keychain & { there: boolean } = {
  there: true,
  isThere: () => keychain.there,
  seal: (text) => `sealed:${[...text].reverse().join('')}`,
  open: (sealed) => [...sealed.slice(7)].reverse().join(''),
}
beforeEach(() => {
  keychain.there = true
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-kept-'))
  kept = new KeptSecrets(path.join(folder, 'data', 'secrets.json'), keychain)
})
afterEach(() => rmSync(folder, { recursive: true }))

const shop: NamedConnection = {
  name: 'shop',
  kind: 'kafka',
  config: { bootstrap: 'a:1', sasl: 'PLAIN', username: 'alice', password: '${keychain}' },
}
const moved = { ...shop, config: { ...shop.config, bootstrap: 'b:1' } }
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: { code?: string }) => error.code,
  )

test('what is kept comes back for the same address only, and no file holds it', async () => {
  await kept.keep(shop, { password: 'hunter2' })
  expect(await kept.of('shop', shop.config)).toEqual({ password: 'hunter2' })
  expect(await kept.of('shop', { ...shop.config, username: 'bob', sasl: 'SCRAM-SHA-256' })).toEqual({ password: 'hunter2' })
  expect(await codeOf(kept.of('shop', moved.config))).toBe('SECRET_ELSEWHERE')
  for (const name of readdirSync(path.join(folder, 'data')))
    expect(readFileSync(path.join(folder, 'data', name), 'utf8')).not.toContain('hunter2')
  expect(await kept.of('other', shop.config)).toEqual({})
})

test('a change keeps what is not typed again, unless it leads elsewhere', async () => {
  expect(await codeOf(kept.keep(shop, {}))).toBe('SECRET_MISSING')
  await kept.keep(shop, { password: 'hunter2' })
  await kept.keep({ ...shop, config: { ...shop.config, username: 'bob' } }, {})
  expect(await kept.of('shop', shop.config)).toEqual({ password: 'hunter2' })
  expect(await codeOf(kept.keep(moved, {}))).toBe('SECRET_ELSEWHERE')
  await kept.keep(moved, { password: 'other' })
  expect(await kept.of('shop', moved.config)).toEqual({ password: 'other' })
})

test('a name that changes takes its secrets along; one that is removed or needs none has none', async () => {
  await kept.keep(shop, { password: 'hunter2' })
  await kept.keep({ ...shop, name: 'store' }, {}, 'shop')
  expect(await kept.of('shop', shop.config)).toEqual({})
  expect(await kept.of('store', shop.config)).toEqual({ password: 'hunter2' })
  await kept.keep({ ...shop, name: 'store', config: { ...shop.config, password: '${env:MILLRACE_P}' } }, {})
  expect(await kept.of('store', shop.config)).toEqual({})
  await kept.keep(shop, { password: 'hunter2' })
  await kept.forget('shop')
  expect(await kept.of('shop', shop.config)).toEqual({})
})

test('where the connection itself could not be saved, its secrets are as they were', async () => {
  await kept.keep(shop, { password: 'hunter2' })
  const undo = await kept.keep({ ...moved, name: 'store' }, { password: 'other' }, 'shop')
  expect(await kept.of('store', moved.config)).toEqual({ password: 'other' })
  await undo()
  expect(await kept.of('shop', shop.config)).toEqual({ password: 'hunter2' })
  expect(await kept.of('store', moved.config)).toEqual({})
})

test('without a keychain nothing is kept, and one that does not open says so without what it held', async () => {
  keychain.there = false
  expect(await codeOf(kept.keep(shop, { password: 'hunter2' }))).toBe('NO_KEYCHAIN')
  expect(readdirSync(folder)).toEqual([])
  keychain.there = true
  await kept.keep(shop, { password: 'hunter2' })
  writeFileSync(path.join(folder, 'data', 'secrets.json'), JSON.stringify({ shop: keychain.seal('{"hunter2"') }))
  const error = await kept.of('shop', shop.config).catch((refusal: unknown) => refusal)
  expect(error).toMatchObject({ code: 'SECRET_UNREADABLE' })
  expect(JSON.stringify(error) + String(error)).not.toContain('hunter2')
  expect(await codeOf(kept.keep(shop, {}))).toBe('SECRET_UNREADABLE')
  // The words say to type them again, so that has to help.
  await kept.keep(shop, { password: 'hunter3' })
  expect(await kept.of('shop', shop.config)).toEqual({ password: 'hunter3' })
})

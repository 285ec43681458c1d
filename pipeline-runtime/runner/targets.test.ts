import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bindTargets } from './targets.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-targets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bind = (targetOptions: readonly string[], environment: Record<string, string> = {}, connections = ['shop', 'bank']) =>
  bindTargets(connections, { targetOptions, folder, environment })
const kafka = (name: string, bootstrap = name) => ({ type: 'kafka', name, config: { bootstrap } })

test('where nothing binds a connection the run is on sample data, and says so', () => {
  const bound = bind([])
  expect(bound.targets.get('shop')).toEqual({ type: 'sample' })
  expect(bound.unbound).toBe(true)
  expect(bind(['sample']).unbound).toBe(false)
})

test('--target wins over connections.json, which wins over the environment', () => {
  writeFileSync(path.join(folder, 'connections.json'), '{ "shop": { "kind": "kafka", "bootstrap": "file:9092" } }')
  const environment = { MILLRACE_CONNECTION_SHOP: 'env:9092', MILLRACE_CONNECTION_BANK: 'env:9093' }
  expect([...bind([], environment).targets.values()]).toEqual([kafka('shop', 'file:9092'), kafka('env:9093')])
  expect([...bind(['127.0.0.1:9092'], environment).targets.values()]).toEqual([kafka('127.0.0.1:9092'), kafka('127.0.0.1:9092')])
  expect([...bind(['bank=shop', 'shop=sample'], environment).targets.values()]).toEqual([{ type: 'sample' }, kafka('shop', 'file:9092')])
})

test('the local Kafka can be meant everywhere', () => {
  writeFileSync(path.join(folder, 'connections.json'), '{ "shop": { "kind": "local" } }')
  const environment = { MILLRACE_CONNECTION_BANK: 'local' }
  expect([...bind([], environment).targets.values()]).toEqual([{ type: 'local' }, { type: 'local' }])
  expect([...bind(['bank=local', 'shop=sample']).targets.values()]).toEqual([{ type: 'sample' }, { type: 'local' }])
})

test('environment variables stand in for values; one that is not set is an issue', () => {
  writeFileSync(path.join(folder, 'connections.json'), '{ "shop": { "kind": "kafka", "bootstrap": "${env:SHOP_HOST}:9092" } }')
  expect(bind(['shop'], { SHOP_HOST: 'broker' }).targets.get('shop')).toEqual(kafka('shop', 'broker:9092'))
  expect(bind(['shop']).issues.map((i) => i.code)).toContain('MISSING_VARIABLE')
})

test('a sign-in takes its secrets from the environment, and says what is missing only of connections that are used', () => {
  const signedIn = { kind: 'kafka', bootstrap: 'broker:9093', tls: true, sasl: 'SCRAM-SHA-512', username: 'alice' }
  const connections = {
    shop: { ...signedIn, password: '${env:SHOP_PASSWORD}' },
    bank: { kind: 'kafka', bootstrap: 'bank:9092' },
    app: { ...signedIn, password: '${keychain}' },
    clear: { ...signedIn, password: 'hunter2' },
  }
  writeFileSync(path.join(folder, 'connections.json'), JSON.stringify(connections))
  const bound = bind(['shop'], { SHOP_PASSWORD: 'hunter2' })
  const target = bound.targets.get('shop')
  expect(bound.issues).toEqual([])
  if (target?.type !== 'kafka') throw new Error('not bound')
  expect(target.config.password).toBe('${env:SHOP_PASSWORD}')
  expect(target.signIn?.sasl?.password.reveal()).toBe('hunter2')
  expect(JSON.stringify(target)).not.toContain('hunter2')
  expect(bind(['bank']).issues).toEqual([])
  expect(bind(['shop']).issues).toMatchObject([{ code: 'MISSING_VARIABLE', message: expect.stringContaining('SHOP_PASSWORD') }])
  expect(bind(['app']).issues).toMatchObject([{ code: 'NOT_IN_KEYCHAIN', message: expect.stringContaining('environment only') }])
  const clear = bind(['clear']).issues
  expect(clear).toMatchObject([{ code: 'CONNECTIONS_INVALID', message: expect.stringContaining('${env:NAME}') }])
  expect(JSON.stringify(clear)).not.toContain('hunter2')
})

test('--connections names another file, which has to be there', () => {
  const connectionsFile = path.join(folder, 'prod.json')
  const bound = () => bindTargets(['shop'], { targetOptions: ['shop'], folder, connectionsFile, environment: {} })
  expect(bound().issues.map(({ code }) => code)).toEqual(['CONNECTIONS_UNREADABLE', 'UNKNOWN_TARGET'])
  writeFileSync(connectionsFile, '{ "shop": { "kind": "kafka", "bootstrap": "prod:9092" } }')
  expect(bound().targets.get('shop')).toEqual(kafka('shop', 'prod:9092'))
})

test('what cannot be bound is an issue that says what there is', () => {
  expect(bind(['nowhere']).issues).toMatchObject([
    { code: 'UNKNOWN_TARGET', message: expect.stringContaining('there is no connections.json') },
  ])
  expect(bind(['depot=127.0.0.1:9092']).issues).toMatchObject([
    { code: 'UNKNOWN_CONNECTION', message: expect.stringContaining('it has shop, bank') },
  ])
  expect(bind(['a:1', 'b:2']).issues).toMatchObject([{ code: 'TARGET_TWICE' }])
  for (const text of [
    '{',
    '[]',
    '{ "shop": { "kind": "pigeon" } }',
    '{ "shop": { "kind": "kafka" } }',
    '{ "shop": { "kind": "kafka", "bootstrap": "no port" } }',
  ]) {
    writeFileSync(path.join(folder, 'connections.json'), text)
    expect(
      bind([]).issues.map((i) => i.code),
      text,
    ).toEqual(['CONNECTIONS_INVALID'])
  }
})

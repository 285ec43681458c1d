import { expect, test } from 'vitest'
import { secretReference } from '../connection-kind.ts'
import { type KafkaConfig, kafkaConnection, protocolOf, secretScope } from './connection.ts'

test('the short form of a target is HOST:PORT, or several', () => {
  const parse = (text: string) => kafkaConnection.parseTarget?.(text)
  expect(parse('localhost:9092')).toEqual({ bootstrap: 'localhost:9092' })
  expect(parse('a:1,b.example:65535')).toEqual({ bootstrap: 'a:1,b.example:65535' })
  expect(parse('shop')).toBeUndefined()
  expect(parse('a:0')).toBeUndefined()
  expect(kafkaConnection.config.safeParse({ bootstrap: 'x' }).error?.issues[0]?.message).toContain('HOST:PORT')
})

test('a secret never stands in a connection, only where it is', () => {
  const signedIn = { bootstrap: 'a:1', sasl: 'PLAIN', username: 'alice' }
  const problemOf = (config: object) =>
    kafkaConnection.config.safeParse(config).error?.issues.map(({ path, message }) => [path[0], message])
  expect(problemOf({ ...signedIn, password: '${env:SHOP_PASSWORD}' })).toBeUndefined()
  expect(problemOf({ ...signedIn, password: '${keychain}' })).toBeUndefined()
  expect(problemOf({ ...signedIn, password: 'hunter2' })).toEqual([['password', expect.stringContaining('${env:NAME}')]])
  expect(problemOf({ ...signedIn, password: 'x${env:A}' })).toEqual([['password', expect.stringContaining('${env:NAME}')]])
  expect(problemOf({ ...signedIn, password: '${file:a}' })).toEqual([['password', expect.stringContaining('${env:NAME}')]])
  const key = '-----BEGIN PRIVATE KEY-----'
  expect(problemOf({ bootstrap: 'a:1', tls: true, certificate: '${file:a.pem}', key })).toEqual([
    ['key', expect.stringContaining('${file:')],
  ])
  for (const field of kafkaConnection.secretFields) expect(Object.keys(kafkaConnection.config.shape)).toContain(field)
})

test('what belongs together is asked for together', () => {
  const fieldsOf = (config: object) => kafkaConnection.config.safeParse(config).error?.issues.map(({ path }) => path[0]) ?? []
  expect(fieldsOf({ bootstrap: 'a:1', sasl: 'PLAIN' })).toEqual(['username', 'password'])
  expect(fieldsOf({ bootstrap: 'a:1', tls: true, certificate: '${file:a.pem}' })).toEqual(['key'])
  expect(fieldsOf({ bootstrap: 'a:1', ca: '${file:a.pem}' })).toEqual(['ca'])
  expect(fieldsOf({ bootstrap: 'a:1', username: 'a' })).toEqual(['username'])
  expect(fieldsOf({ bootstrap: 'a:1', sasl: 'GSSAPI', username: 'a', password: '${env:A}' })).toEqual(['sasl'])
})

test('references and names', () => {
  expect(secretReference('${file:/etc/a b.pem}')).toEqual({ type: 'file', path: '/etc/a b.pem' })
  expect(secretReference('${env:1A}')).toBeUndefined()
  expect(protocolOf({})).toBe('PLAINTEXT')
  expect(protocolOf({ tls: true, sasl: 'PLAIN' })).toBe('SASL_SSL')
})

test('a secret was given for an address and its checks, not for a user or a kind of sign-in', () => {
  const shop: KafkaConfig = { bootstrap: 'a:1', tls: true, sasl: 'PLAIN', username: 'alice', password: '${keychain}' }
  expect(secretScope({ ...shop, username: 'bob', sasl: 'SCRAM-SHA-512', checkServerName: true })).toBe(secretScope(shop))
  const others: readonly KafkaConfig[] = [
    { ...shop, bootstrap: 'b:1' },
    { ...shop, tls: false },
    { ...shop, checkServerName: false },
    { ...shop, ca: '${file:x}' },
  ]
  for (const other of others) expect(secretScope(other)).not.toBe(secretScope(shop))
})

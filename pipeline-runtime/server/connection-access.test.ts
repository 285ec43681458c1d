import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { KafkaConfig } from '../connectors/kafka/connection.ts'
import { type AskKeychain, ConnectionAccess } from './connection-access.ts'
import { connectionFile } from './shell/connection-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-access-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const environment = { MILLRACE_SHOP: 'ours', AWS_SECRET: 'theirs' }
const file = () => path.join(folder, 'connections.json')
const signedIn = (password: string, bootstrap = 'a:1'): KafkaConfig => ({ bootstrap, sasl: 'PLAIN', username: 'alice', password })

async function passwordOf(config: KafkaConfig, typed = {}, keychain?: AskKeychain): Promise<string | undefined> {
  const access = new ConnectionAccess({ file: file(), environment, keychain })
  const target = await access.resolve({ type: 'kafka', name: 'shop', config }, typed)
  return target.signIn?.sasl?.password.reveal()
}
const refused = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: 'SIGN_IN_INCOMPLETE' })

test('a page may name variables of Millrace, others only as connections.json has them', async () => {
  expect(await passwordOf(signedIn('${env:MILLRACE_SHOP}'))).toBe('ours')
  await refused(passwordOf(signedIn('${env:AWS_SECRET}')))
  writeFileSync(file(), JSON.stringify({ shop: { kind: 'kafka', ...signedIn('${env:AWS_SECRET}') } }))
  expect(await passwordOf(signedIn('${env:AWS_SECRET}'))).toBe('theirs')
  await refused(passwordOf(signedIn('${env:AWS_SECRET}', 'evil:1')))
  await refused(passwordOf({ ...signedIn('${env:AWS_SECRET}'), tls: true, ca: '${file:x}' }))
})

test('nor may it save what it may not name', async () => {
  const connections = connectionFile(file(), environment)
  const save = (config: KafkaConfig) => connections.save({ name: 'shop', kind: 'kafka', config })
  await expect(save(signedIn('${env:AWS_SECRET}'))).rejects.toMatchObject({ code: 'REFERENCE_NOT_ALLOWED' })
  await save(signedIn('${env:MILLRACE_SHOP}'))
  writeFileSync(file(), JSON.stringify({ shop: { kind: 'kafka', ...signedIn('${env:AWS_SECRET}') } }))
  await save({ ...signedIn('${env:AWS_SECRET}'), username: 'bob' })
  await expect(save(signedIn('${env:AWS_SECRET}', 'evil:1'))).rejects.toMatchObject({ code: 'REFERENCE_NOT_ALLOWED' })
})

test('the keychain is asked for what was not typed', async () => {
  const asked: string[] = []
  const keychain: AskKeychain = async (name) => {
    asked.push(name)
    return { password: 'kept' }
  }
  expect(await passwordOf(signedIn('${keychain}'), {}, keychain)).toBe('kept')
  expect(await passwordOf(signedIn('${keychain}'), { password: 'typed' }, keychain)).toBe('typed')
  expect(await passwordOf({ bootstrap: 'a:1' }, {}, keychain)).toBeUndefined()
  expect(asked).toEqual(['shop'])
  await refused(passwordOf(signedIn('${keychain}')))
  await refused(passwordOf(signedIn('${keychain}'), {}, () => Promise.reject(new Error('no'))))
})

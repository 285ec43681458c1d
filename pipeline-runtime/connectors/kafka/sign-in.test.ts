import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { KafkaConfig } from './connection.ts'
import { lineTrouble } from './line-trouble.ts'
import { resolveSignIn, type SignInSources } from './sign-in.ts'
import { systemAuthorities } from './system-authorities.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-sign-in-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
  for (const name of ['a', 'b']) openssl('req', '-x509', ...newKey, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`)
  openssl('pkcs8', '-topk8', '-in', 'a.key', '-out', 'locked.key', '-passout', 'pass:open-me')
  openssl('pkcs12', '-export', '-in', 'a.pem', '-inkey', 'a.key', '-passout', 'pass:open-me', '-out', 'a.p12')
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (name: string) => readFileSync(path.join(folder, name))
const environment = { PASSWORD: 'hunter2', RIGHT: 'open-me', WRONG: 'shut' }

function problemsOf(more: Partial<KafkaConfig>, sources: Partial<SignInSources> = {}): readonly string[] {
  const config = { bootstrap: 'a:1', ...more }
  return resolveSignIn(config, { environment, readFile: read, ...sources }).problems.map(({ field, message }) => `${field}: ${message}`)
}

test('a secret that is found does not show, however it is printed', () => {
  const config: KafkaConfig = { bootstrap: 'a:1', sasl: 'PLAIN', username: 'alice', password: '${env:PASSWORD}' }
  const { signIn } = resolveSignIn(config, { environment, readFile: read })
  expect(signIn.sasl?.password.reveal()).toBe('hunter2')
  for (const printed of [JSON.stringify(signIn), inspect(signIn, { depth: 9, showHidden: true }), `${signIn.sasl?.password}`])
    expect(printed).not.toContain('hunter2')
})

test('what is missing says where it is looked for', () => {
  const signedIn = { sasl: 'PLAIN', username: 'alice' } as const
  expect(problemsOf({ ...signedIn, password: '${env:NOT_SET}' })).toEqual([expect.stringContaining('environment variable NOT_SET')])
  expect(problemsOf({ ...signedIn, password: '${keychain}' })).toEqual([expect.stringContaining('from the environment only')])
  expect(problemsOf({ ...signedIn, password: '${keychain}' }, { keychain: {} })).toEqual([expect.stringContaining('type it again')])
  expect(problemsOf({ ...signedIn, password: '${keychain}' }, { keychain: { password: 'x' } })).toEqual([])
  expect(problemsOf({ tls: true, ca: '${file:none.pem}' })).toEqual([expect.stringMatching(/none\.pem cannot be read \(ENOENT\)/)])
})

test('certificates and keys are tried before anything is called', () => {
  const own = { tls: true, certificate: '${file:a.pem}', key: '${file:a.key}' } as const
  expect(problemsOf(own)).toEqual([])
  expect(problemsOf({ ...own, key: '${file:b.key}' })).toEqual([expect.stringContaining('does not belong to the certificate')])
  expect(problemsOf({ ...own, key: '${file:locked.key}' })).toEqual([expect.stringContaining('locked')])
  expect(problemsOf({ ...own, key: '${file:locked.key}', keyPassphrase: '${env:WRONG}' })).toEqual([
    expect.stringContaining('does not open'),
  ])
  expect(problemsOf({ ...own, key: '${file:locked.key}', keyPassphrase: '${env:RIGHT}' })).toEqual([])
  expect(problemsOf({ tls: true, key: '${file:a.p12}', keyPassphrase: '${env:RIGHT}' })).toEqual([])
  expect(problemsOf({ tls: true, key: '${file:a.p12}', keyPassphrase: '${env:WRONG}' })).toEqual([expect.stringContaining('does not open')])
  expect(problemsOf({ tls: true, key: '${file:a.key}' })).toEqual([expect.stringContaining('needs the certificate')])
  expect(problemsOf({ tls: true, ca: '${file:a.p12}' })).toEqual([expect.stringContaining('openssl pkcs12')])
  expect(problemsOf({ tls: true, ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' })).toEqual([
    expect.stringContaining('copied whole'),
  ])
  const key = String(read('a.key')).replaceAll('\n', '\\n')
  expect(problemsOf({ ...own, key: '${env:KEY}' }, { environment: { KEY: key } })).toEqual([])
})

test('a Java key store is refused with the way out, and so is what is no key at all', () => {
  const own = { tls: true, certificate: '${file:a.pem}', key: '${file:x}' } as const
  const jks = Buffer.from([0xfe, 0xed, 0xfe, 0xed, 0, 0])
  const refused = (bytes: Buffer) => problemsOf(own, { readFile: (name) => (name === 'x' ? bytes : read(name)) })
  expect(refused(jks)).toEqual([expect.stringContaining('keytool -importkeystore')])
  expect(refused(Buffer.from('hello'))).toEqual([expect.stringContaining('neither')])
})

test('those whom this computer trusts are asked beside those that Node brings', () => {
  expect(systemAuthorities().length).toBeGreaterThan(100)
})

test('OpenSSL and BoringSSL name the same trouble in different words', () => {
  const problem = (text: string) => lineTrouble(text)?.problem
  expect(problem('error:10000458:SSL routines:OPENSSL_internal:TLSV1_ALERT_CERTIFICATE_REQUIRED')).toBe(
    problem('ssl3_read_bytes:tlsv13 alert certificate required'),
  )
  expect(problem('Connection error: unable to verify the first certificate')).toBe(problem('UNABLE_TO_VERIFY_LEAF_SIGNATURE'))
  expect(problem('OPENSSL_internal:WRONG_VERSION_NUMBER')).toBe(problem('ssl3_get_record:wrong version number'))
  expect(problem('Closed connection')).toBeUndefined()
  expect(problem('connect ECONNREFUSED 127.0.0.1:1')).toBeUndefined()
})

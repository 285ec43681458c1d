import { expect, test } from 'vitest'
import { importClientProperties } from '../../pipeline-runtime/connectors/kafka/client-properties.ts'
import type { NamedConnection } from '../../pipeline-runtime/rpc/shell-api.ts'
import {
  type ConnectionDraft,
  draftOf,
  readDraft,
  secretPlace,
  shownFields,
  typedSecretsOf,
  usualVariable,
  withImported,
  withoutSecret,
  withSetting,
  withTypedSecret,
  withVariable,
} from './connection-draft.ts'

const shop: NamedConnection = {
  name: 'shop',
  kind: 'kafka',
  config: { bootstrap: 'a:1', sasl: 'PLAIN', username: 'alice', password: '${keychain}' },
}
const names = (draft: ConnectionDraft) => shownFields(draft).map(({ name }) => name)
const read = (draft: ConnectionDraft) => readDraft(draft, () => false)

test('settings come when they mean something, and those that are hidden do not count', () => {
  let draft = draftOf(undefined, ['kafka'])
  expect(draft.name).toBe('kafka2')
  expect(names(draft)).toEqual(['bootstrap', 'tls', 'sasl'])
  draft = withSetting(withSetting(draft, 'bootstrap', ' a:1 '), 'tls', true)
  expect(names(draft)).toEqual(['bootstrap', 'tls', 'ca', 'certificate', 'key', 'checkServerName', 'sasl'])
  draft = withTypedSecret(draft, 'key', 'KEY')
  expect(names(draft)).toContain('keyPassphrase')
  draft = withSetting(draft, 'checkServerName', false)
  const off = withSetting(draft, 'tls', undefined)
  expect(names(off)).toEqual(['bootstrap', 'tls', 'sasl'])
  expect(read(off).connection?.config).toEqual({ bootstrap: 'a:1' })
  expect(read(draft).connection?.config).toEqual({ bootstrap: 'a:1', tls: true, key: '${keychain}', checkServerName: false })
})

test('what was typed goes along only where it is to be kept', () => {
  const draft = withTypedSecret(draftOf(shop, []), 'password', 'hunter2')
  expect(secretPlace(draft, 'password')).toBe('typed')
  expect(typedSecretsOf(draft, shop)).toEqual({ password: 'hunter2' })
  const named = withVariable(draft, 'password', 'MILLRACE_P')
  expect([secretPlace(named, 'password'), named.typed]).toEqual(['variable', {}])
  expect(secretPlace(draftOf(shop, []), 'password')).toBe('stored')
  const gone = withoutSecret(draftOf(shop, []), 'password')
  expect([secretPlace(gone, 'password'), read(gone).errors.get('password')]).toEqual(['none', 'A sign-in needs a password.'])
  expect(usualVariable('my-shop', 'password')).toBe('MILLRACE_MY_SHOP_PASSWORD')
})

test("a Java client's settings fill the dialog; what they leave is said", () => {
  const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="hunter2";'
  const imported = importClientProperties(
    `bootstrap.servers=b:1\nsecurity.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=${jaas}\nssl.truststore.location=ca.pem\n`,
  )
  const kept = withImported(draftOf(undefined, []), imported, true)
  expect(read(kept.draft).connection?.config).toEqual({
    bootstrap: 'b:1',
    tls: true,
    sasl: 'PLAIN',
    username: 'a',
    password: '${keychain}',
  })
  expect(kept.draft.typed).toEqual({ password: 'hunter2' })
  expect(kept.remains).toEqual(['Certificate authority: choose the file ca.pem.'])
  const named = withImported(draftOf(undefined, []), imported, false)
  expect(JSON.stringify(named)).not.toContain('hunter2')
  expect(named.remains[0]).toContain('MILLRACE_KAFKA_PASSWORD')
})

import { expect, test } from 'vitest'
import { importClientProperties, parseProperties } from './client-properties.ts'

const PEM = '-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----'

test('the file that most clusters hand out', () => {
  const found = importClientProperties(`# made by the cluster's console
bootstrap.servers=SASL_SSL://pkc-1.example:9092, pkc-2.example:9092
security.protocol=SASL_SSL
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
  username="KEY" \\
  password="a;b=\\\\"c\\\\" \\\\\\\\ d";
client.dns.lookup=use_all_dns_ips
acks=all
`)
  expect(found).toEqual({
    config: { bootstrap: 'pkc-1.example:9092,pkc-2.example:9092', tls: true, sasl: 'PLAIN', username: 'KEY' },
    secrets: { password: 'a;b="c" \\ d' },
    files: {},
    problems: [],
    ignored: ['client.dns.lookup', 'acks'],
  })
})

test('certificates in the file, in PEM and PKCS12 files', () => {
  const inline = importClientProperties(
    `security.protocol = SSL\nssl.truststore.certificates = ${PEM}\nssl.keystore.certificate.chain=${PEM}\nssl.keystore.key=KEY\nssl.key.password:pass\nssl.endpoint.identification.algorithm=\n`,
  )
  const pem = PEM.replaceAll('\\n', '\n')
  expect(inline.config).toEqual({ tls: true, ca: pem, certificate: pem, checkServerName: false })
  expect(inline.secrets).toEqual({ key: 'KEY', keyPassphrase: 'pass' })
  const files = importClientProperties(
    'security.protocol=SSL\nssl.truststore.location=/etc/kafka/ca.pem\nssl.truststore.type=PEM\nssl.keystore.location=client.p12\nssl.keystore.password=store\n',
  )
  expect(files).toMatchObject({ files: { ca: '/etc/kafka/ca.pem', key: 'client.p12' }, secrets: { keyPassphrase: 'store' }, problems: [] })
  const one = importClientProperties('security.protocol=SSL\nssl.keystore.location=both.pem\nssl.key.password=pass\n')
  expect(one).toMatchObject({ files: { certificate: 'both.pem', key: 'both.pem' }, secrets: { keyPassphrase: 'pass' } })
})

test('what cannot be taken over is said, with the way out', () => {
  const problems = (text: string) => importClientProperties(text).problems
  const jks = problems('security.protocol=SSL\nssl.truststore.location=t.jks\nssl.keystore.location=k.jks\n')
  expect(jks).toEqual([
    expect.stringContaining('keytool -list -rfc -keystore t.jks > ca.pem'),
    expect.stringContaining('keytool -importkeystore -srckeystore k.jks'),
  ])
  expect(problems('security.protocol=SSL\nssl.truststore.location=t.p12')).toEqual([expect.stringContaining('openssl pkcs12 -in t.p12')])
  expect(problems('security.protocol=SASL_SSL\nsasl.mechanism=OAUTHBEARER')).toEqual([expect.stringContaining('OAUTHBEARER')])
  expect(problems('security.protocol=SASL_SSL')).toEqual([expect.stringContaining('GSSAPI')])
  expect(problems('security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512')).toEqual([expect.stringContaining('by hand')])
  const plain = 'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="b";'
  expect(problems(`security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n${plain}`)).toEqual([expect.stringContaining('does not fit')])
  expect(problems('security.protocol=TLS')).toEqual([expect.stringContaining('TLS')])
  expect(problems('bootstrap.servers=nowhere')).toEqual([expect.stringContaining('HOST:PORT')])
})

test("Java's own rules of the format", () => {
  const text = '! comment\r\na b\nc : d\\\n    e\nf\\=g = \\u00e9\\t1\nempty\nlast=x\\\\\n'
  expect([...parseProperties(text)]).toEqual([
    ['a', 'b'],
    ['c', 'de'],
    ['f=g', 'é\t1'],
    ['empty', ''],
    ['last', 'x\\'],
  ])
})

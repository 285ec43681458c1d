import { type KafkaConfig, type KafkaSecretField, kafkaConnection, type SaslMechanism, saslMechanisms } from './connection.ts'

/** What a Java client's `.properties` file says of a connection. */
export interface ImportedConnection {
  /** Without secrets and files: those stand beside it. */
  readonly config: Partial<KafkaConfig>
  /** Found in the file in clear. */
  readonly secrets: Readonly<Partial<Record<KafkaSecretField, string>>>
  /** Files that the connection needs as well, by field. */
  readonly files: Readonly<Partial<Record<'ca' | 'certificate' | 'key', string>>>
  /** What cannot be taken over, and what to do. */
  readonly problems: readonly string[]
  /** Names that say nothing about a connection. */
  readonly ignored: readonly string[]
}

const STORE_TYPES = { PEM: 'PEM', PKCS12: 'PKCS12', JKS: 'JKS' } as const
type StoreType = keyof typeof STORE_TYPES

/**
 * Reads `security.protocol`, `sasl.mechanism`, `sasl.jaas.config`, the key and trust stores. Nothing is dropped silently: what is not
 * understood is a problem, what has nothing to do with connecting is listed.
 */
export function importClientProperties(text: string): ImportedConnection {
  const properties = parseProperties(text)
  const found = new Importer(properties)
  return found.connection()
}

class Importer {
  private readonly properties: ReadonlyMap<string, string>
  private readonly used = new Set<string>()
  private readonly config: { -readonly [K in keyof KafkaConfig]?: KafkaConfig[K] } = {}
  private readonly secrets: Partial<Record<KafkaSecretField, string>> = {}
  private readonly files: Partial<Record<'ca' | 'certificate' | 'key', string>> = {}
  private readonly problems: string[] = []

  constructor(properties: ReadonlyMap<string, string>) {
    this.properties = properties
  }

  connection(): ImportedConnection {
    this.address()
    const protocol = (this.take('security.protocol') ?? 'PLAINTEXT').trim().toUpperCase()
    if (!/^(SASL_)?(PLAINTEXT|SSL)$/.test(protocol))
      this.problems.push(`security.protocol=${protocol} is not one that Kafka has: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.`)
    if (protocol.endsWith('SSL')) this.encryption()
    if (protocol.startsWith('SASL_')) this.signIn()
    const { config, secrets, files, problems } = this
    const ignored = [...this.properties.keys()].filter((name) => !this.used.has(name))
    // Settings of the line that the protocol does not use mean nothing to a Java client either.
    return { config, secrets, files, problems, ignored }
  }

  private address(): void {
    const bootstrap = this.take('bootstrap.servers')
    if (bootstrap === undefined) return
    const servers = bootstrap.split(',').map((server) => server.trim().replace(/^[A-Z_]+:\/\//, ''))
    const config = kafkaConnection.parseTarget?.(servers.filter((server) => server !== '').join(','))
    if (config === undefined) this.problems.push(`bootstrap.servers=${bootstrap} is not HOST:PORT, or several with commas between.`)
    else this.config.bootstrap = config.bootstrap
  }

  private encryption(): void {
    this.config.tls = true
    const identification = this.take('ssl.endpoint.identification.algorithm')
    if (identification !== undefined && identification.trim() === '') this.config.checkServerName = false
    this.trustStore()
    this.keyStore()
    for (const name of ['ssl.protocol', 'ssl.enabled.protocols', 'ssl.provider', 'ssl.trustmanager.algorithm', 'ssl.keymanager.algorithm'])
      this.take(name)
  }

  private trustStore(): void {
    const certificates = this.take('ssl.truststore.certificates')
    const location = this.take('ssl.truststore.location')
    const type = storeType(this.take('ssl.truststore.type'), location)
    this.take('ssl.truststore.password')
    if (certificates !== undefined) this.config.ca = certificates
    else if (location !== undefined && type === 'PEM') this.files.ca = location
    else if (location !== undefined)
      this.problems.push(
        `The trust store ${location} is ${type === 'JKS' ? 'a Java key store (JKS)' : 'PKCS12'}, and certificates are wanted as PEM. Make that of it: ${
          type === 'JKS'
            ? `keytool -list -rfc -keystore ${location} > ca.pem`
            : `openssl pkcs12 -in ${location} -nokeys -out ca.pem, or keytool -list -rfc -keystore ${location} > ca.pem`
        }. Then give ca.pem as the certificate authority.`,
      )
  }

  private keyStore(): void {
    const chain = this.take('ssl.keystore.certificate.chain')
    const key = this.take('ssl.keystore.key')
    const location = this.take('ssl.keystore.location')
    const type = storeType(this.take('ssl.keystore.type'), location)
    const storePassword = this.take('ssl.keystore.password')
    const keyPassword = this.take('ssl.key.password')
    if (chain !== undefined) this.config.certificate = chain
    if (key !== undefined) this.secrets.key = key
    if (key !== undefined && keyPassword !== undefined) this.secrets.keyPassphrase = keyPassword
    if (location === undefined || key !== undefined) return
    if (type === 'JKS') {
      this.problems.push(
        `The key store ${location} is a Java key store (JKS), which only Java reads. Make PKCS12 of it: keytool -importkeystore -srckeystore ${location} -destkeystore client.p12 -deststoretype PKCS12. Then give client.p12 as the private key.`,
      )
      return
    }
    this.files.key = location
    // A PEM key store has the certificate in the same file, and so has PKCS12, where it is found with the key.
    if (type === 'PEM') this.files.certificate = location
    const passphrase = type === 'PEM' ? keyPassword : (storePassword ?? keyPassword)
    if (passphrase !== undefined) this.secrets.keyPassphrase = passphrase
  }

  private signIn(): void {
    const mechanism = (this.take('sasl.mechanism') ?? 'GSSAPI').trim().toUpperCase()
    const known = saslMechanisms.find((candidate) => candidate === mechanism)
    if (known === undefined) {
      this.problems.push(`sasl.mechanism=${mechanism} is none that Millrace has: ${saslMechanisms.join(', ')}.`)
      this.take('sasl.jaas.config')
      return
    }
    this.config.sasl = known
    const jaas = this.take('sasl.jaas.config')
    if (jaas === undefined) {
      this.problems.push('sasl.jaas.config is not in the file, so user name and password have to be given by hand.')
      return
    }
    const { username, password, module } = parseJaas(jaas)
    if (username !== undefined) this.config.username = username
    if (password !== undefined) this.secrets.password = password
    if (!moduleFits(module, known))
      this.problems.push(`sasl.jaas.config names ${module || 'no login module'}, which does not fit ${known}.`)
    if (username === undefined || password === undefined)
      this.problems.push('sasl.jaas.config holds no username="…" and password="…"; give them by hand.')
  }

  /** An empty value is a value: it turns a check off. */
  private take(name: string): string | undefined {
    this.used.add(name)
    return this.properties.get(name)
  }
}

function storeType(named: string | undefined, location: string | undefined): StoreType {
  const given = named?.trim().toUpperCase()
  if (given === 'PEM' || given === 'PKCS12' || given === 'JKS') return given
  // Java's own default is JKS; names are often more honest.
  if (location !== undefined && /\.(p12|pfx)$/i.test(location)) return 'PKCS12'
  return location !== undefined && /\.(pem|crt|cer)$/i.test(location) ? 'PEM' : 'JKS'
}

function moduleFits(module: string, mechanism: SaslMechanism): boolean {
  return module.endsWith(mechanism === 'PLAIN' ? 'PlainLoginModule' : 'ScramLoginModule')
}

/** `org…PlainLoginModule required username="a" password="b";` */
function parseJaas(text: string): {
  readonly module: string
  readonly username: string | undefined
  readonly password: string | undefined
} {
  const options = new Map<string, string>()
  const pattern = /([A-Za-z_][\w.]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s;]+))/g
  for (const [, name = '', double, single, bare] of text.matchAll(pattern))
    options.set(name, (double ?? single ?? bare ?? '').replaceAll(/\\(.)/g, '$1'))
  return { module: /^\s*(\S+)/.exec(text)?.[1] ?? '', username: options.get('username'), password: options.get('password') }
}

/** Java's format: `#` and `!` comments, `=`, `:` or blanks between, a backslash before a line break joins lines, and escapes. */
export function parseProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>()
  for (const line of logicalLines(text)) {
    const match = /^((?:[^\\=:\s]|\\.)*)\s*[=:]?\s*([\s\S]*)$/.exec(line)
    if (match === null) continue
    const [, name = '', value = ''] = match
    properties.set(unescaped(name), unescaped(value))
  }
  return properties
}

function logicalLines(text: string): readonly string[] {
  const lines: string[] = []
  let open: string | undefined
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const line = raw.replace(/^[ \t\f]+/, '')
    if (open === undefined && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue
    const whole: string = (open ?? '') + line
    const slashes = /\\*$/.exec(whole)?.[0].length ?? 0
    if (slashes % 2 === 1) open = whole.slice(0, -1)
    else {
      lines.push(whole)
      open = undefined
    }
  }
  return open === undefined ? lines : [...lines, open]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' }

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:u([0-9A-Fa-f]{4})|(.))/g, (_, code: string | undefined, plain: string | undefined) =>
    code === undefined ? (ESCAPES[plain ?? ''] ?? plain ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

import { readFileSync } from 'node:fs'
import tls from 'node:tls'

/** Where systems keep the certificates that they trust: Debian, Red Hat, SUSE, Alpine. */
const BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem']

let found: readonly string[] | undefined

/**
 * Those whom this computer trusts, an administrator's own ones among them, beside those that Node brings. Node 20 asks no system;
 * later ones do.
 */
export function systemAuthorities(): readonly string[] {
  found ??= withoutTwins([...tls.rootCertificates, ...fromSystem()])
  return found
}

/** Most systems trust what Node brings, and each certificate costs time with each cluster. */
function withoutTwins(certificates: readonly string[]): readonly string[] {
  const byContent = new Map(certificates.map((certificate) => [certificate.replaceAll(/\s/g, ''), certificate]))
  return [...byContent.values()]
}

function fromSystem(): readonly string[] {
  // Node's types are those of the oldest version that runs this.
  const ask: unknown = Reflect.get(tls, 'getCACertificates')
  try {
    if (typeof ask === 'function') return ask('system') as string[] // as: what Node documents
  } catch {
    // A Node that cannot ask this system; its files are read below.
  }
  for (const file of [process.env.SSL_CERT_FILE, ...BUNDLES]) {
    if (file === undefined || file === '') continue
    try {
      return readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
    } catch {
      // Not a system of this kind.
    }
  }
  return []
}

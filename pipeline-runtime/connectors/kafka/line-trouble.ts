export interface LineTrouble {
  /** A sentence without its full stop. */
  readonly problem: string
  readonly advice: string
}

interface Known extends LineTrouble {
  readonly pattern: RegExp
}

const CLIENT_CERTIFICATE = 'Give the connection its own certificate and private key; whoever runs the cluster makes them.'

/**
 * What OpenSSL, BoringSSL (in the desktop app) and Node say when an encrypted line does not come about, as codes or as sentences, also
 * behind the words of kafkajs.
 */
const KNOWN: readonly Known[] = [
  {
    pattern: /cert(ificate)? has expired/,
    problem: 'the certificate of the broker has expired',
    advice: 'The cluster needs a new one. If it is new, check the clock of this computer.',
  },
  {
    pattern: /cert(ificate is)? not yet valid/,
    problem: 'the certificate of the broker is not valid yet',
    advice: 'Check the clock of this computer.',
  },
  {
    pattern: /does not match certificate's altnames|cert altname invalid/,
    problem: 'the certificate is for another host name',
    advice: 'Call the broker by a name that stands in its certificate, or have that name put in.',
  },
  {
    pattern:
      /self.signed cert(ificate)? in (certificate )?chain|unable to get (local )?issuer cert|unable to verify (the first certificate|leaf signature)|cert(ificate)? signature failure|invalid ca/,
    problem: 'the certificate of the broker comes from an authority that is not trusted here',
    advice: 'Give the connection the certificate of the authority (CA) that made it, as a PEM file.',
  },
  {
    pattern: /self.signed cert/,
    problem: 'the broker has a certificate that it made itself, which is not trusted here',
    advice: 'Give the connection that certificate as its certificate authority (CA), as a PEM file.',
  },
  {
    pattern: /certificate required|alert handshake failure/,
    problem: 'the broker wants to see a certificate of whoever calls',
    advice: CLIENT_CERTIFICATE,
  },
  {
    pattern: /alert certificate expired/,
    problem: 'the own certificate of this connection has expired',
    advice: 'Give the connection a new certificate and private key.',
  },
  {
    pattern: /alert (bad certificate|certificate unknown|unknown ca|unsupported certificate|certificate revoked)/,
    problem: 'the broker does not accept the certificate of this connection, or misses one',
    advice: CLIENT_CERTIFICATE,
  },
  {
    pattern: /wrong version number|packet length too long|http request|unexpected message|record layer failure/,
    problem: 'whatever listens there does not speak TLS',
    advice: 'Turn TLS off, or take the port for clients with TLS, often 9093.',
  },
  {
    pattern: /unsupported protocol|alert protocol version|no shared cipher/,
    problem: 'the broker and this computer have no version of TLS in common',
    advice: 'The broker has to offer TLS 1.2 or 1.3.',
  },
]

/** Undefined where the text tells of something else than an encrypted line. */
export function lineTrouble(text: string): LineTrouble | undefined {
  const words = text.replaceAll('_', ' ').toLowerCase()
  return KNOWN.find(({ pattern }) => pattern.test(words))
}

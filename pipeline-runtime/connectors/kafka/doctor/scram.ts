import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

/** The talk of SCRAM (RFC 5802) from the client's side: three texts, of which the last one shows that the server knows the password, too. */
export function scramTalk(mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512', username: string, password: string) {
  const hash = mechanism === 'SCRAM-SHA-256' ? 'sha256' : 'sha512'
  const nonce = randomBytes(18).toString('base64')
  const bare = `n=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`
  let serverSignature = Buffer.alloc(0)
  return {
    first: (): Buffer => Buffer.from(`n,,${bare}`, 'utf8'),
    /** Undefined where the server's text is none of SCRAM. */
    final(challenge: Buffer): Buffer | undefined {
      const { r: combined, s: salt, i: iterations } = fieldsOf(challenge)
      const count = Number(iterations)
      if (combined === undefined || salt === undefined || !combined.startsWith(nonce) || !(count >= 1 && count <= 1_000_000))
        return undefined
      const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), count, hash === 'sha256' ? 32 : 64, hash)
      const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text, 'utf8').digest()
      const clientKey = hmac(salted, 'Client Key')
      const stored = createHash(hash).update(clientKey).digest()
      const unproven = `c=biws,r=${combined}`
      const message = `${bare},${challenge.toString('utf8')},${unproven}`
      const signature = hmac(stored, message)
      serverSignature = hmac(hmac(salted, 'Server Key'), message)
      const proof = Buffer.from(clientKey.map((byte, i) => byte ^ (signature[i] ?? 0)))
      return Buffer.from(`${unproven},p=${proof.toString('base64')}`, 'utf8')
    },
    /** Whether the server's last text proves that it knows the password. */
    proves(text: Buffer): boolean {
      const given = Buffer.from(fieldsOf(text).v ?? '', 'base64')
      return given.length === serverSignature.length && timingSafeEqual(given, serverSignature)
    },
  }
}

/** `r=…,s=…,i=4096` */
function fieldsOf(text: Buffer): Readonly<Record<string, string>> {
  const parts = text.toString('utf8').split(',')
  return Object.fromEntries(parts.map((part) => [part.slice(0, 1), part.slice(2)]))
}

/** How a PKCS12 file travels where a private key is text. */
export const PKCS12 = 'PKCS12:'

export type KeyFileKind = 'pem' | 'pkcs12' | 'jks' | 'other'

/** By its first bytes: names of such files are whatever somebody called them. */
export function keyFileKind(bytes: Uint8Array): KeyFileKind {
  const [a, b, c, d] = bytes
  if (a === 0xfe && b === 0xed && c === 0xfe && d === 0xed) return 'jks'
  if (a === 0x30) return 'pkcs12'
  return includes(bytes, '-----BEGIN ') ? 'pem' : 'other'
}

/** Why a file is refused as a private key, behind its name. */
export const REFUSED_KEY_FILE = {
  jks: 'is a Java key store (JKS), which only Java reads. Make PKCS12 of it: keytool -importkeystore -srckeystore STORE.jks -destkeystore STORE.p12 -deststoretype PKCS12',
  other: 'is neither a PEM nor a PKCS12 file.',
} as const

/** Why a file is refused where certificates are wanted, behind its name. */
export const REFUSED_CERTIFICATE_FILE = {
  ...REFUSED_KEY_FILE,
  pkcs12: 'is a PKCS12 file. Take the certificates out of it: openssl pkcs12 -in STORE.p12 -nokeys -out ca.pem',
} as const

function includes(bytes: Uint8Array, text: string): boolean {
  const wanted = Array.from(text, (letter) => letter.charCodeAt(0))
  return bytes.some((_, at) => wanted.every((code, i) => bytes[at + i] === code))
}

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { definedKeys, isJsonObject } from './json.ts'

/** The one way to write a JSON value (RFC 8785): no white space, keys sorted by UTF-16 units, numbers as ECMAScript prints them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (isJsonObject(value)) {
    // Array.sort without a comparator sorts by UTF-16 units, as the RFC wants.
    const members = definedKeys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
    return `{${members.join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} cannot stand in JSON`)
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`A ${typeof value} cannot stand in JSON`)
  return text
}

/** SHA-256 in hex over the canonical bytes. */
export function hashJson(value: unknown): string {
  return bytesToHex(sha256(new TextEncoder().encode(canonicalJson(value))))
}

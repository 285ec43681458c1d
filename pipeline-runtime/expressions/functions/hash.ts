import { md5 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { STRING } from '../../data/types.ts'
import type { FunctionEntry } from '../function-entry.ts'

function hash(name: string, doc: string, digest: (bytes: Uint8Array) => Uint8Array, example: string): FunctionEntry {
  const encoder = new TextEncoder()
  return {
    kind: 'function',
    name,
    topic: 'Text',
    doc,
    examples: [{ text: `${name}('abc')`, value: example }],
    parameters: [{ name: 'text', accepts: 'STRING' }],
    result: STRING,
    prepare: () => (text: string) => bytesToHex(digest(encoder.encode(text))),
  }
}

export const hashFunctions: readonly FunctionEntry[] = [
  hash('MD5', 'The MD5 hash of the text in UTF-8, as 32 hexadecimal digits.', md5, '900150983cd24fb0d6963f7d28e17f72'),
  hash(
    'SHA256',
    'The SHA-256 hash of the text in UTF-8, as 64 hexadecimal digits.',
    sha256,
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  ),
]

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseBase64, printBase64 } from './base64.ts'

const parse = (text: string): Uint8Array | undefined => parseBase64(new TextEncoder().encode(text), 0, text.length)

test('as Node writes and reads it, in either alphabet, with or without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64')
      expect(printBase64(bytes)).toBe(text)
      for (const written of [text, text.replaceAll('=', ''), Buffer.from(bytes).toString('base64url')])
        expect(parse(written)).toEqual(bytes)
    }),
  )
})

test('other text is none', () => {
  for (const text of ['A', 'AA*A', 'A A=', 'AAAAA', 'ÄÄ==']) expect(parse(text), text).toBeUndefined()
})

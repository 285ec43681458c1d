const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE64_VALUES = (() => {
  const values = new Int8Array(256).fill(-1)
  for (let i = 0; i < 64; i++) values[BASE64.charCodeAt(i)] = i
  values[45] = 62
  values[95] = 63
  return values
})()

/** Base64 in either alphabet, with or without padding. */
export function parseBase64(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  while (end > start && bytes[end - 1] === 61) end--
  const length = end - start
  if (length % 4 === 1) return undefined
  const out = new Uint8Array(Math.floor((length * 3) / 4))
  let bits = 0
  let held = 0
  let o = 0
  for (let i = start; i < end; i++) {
    const v = BASE64_VALUES[bytes[i] as number] as number
    if (v < 0) return undefined
    bits = ((bits << 6) | v) & 0xffff
    held += 6
    if (held >= 8) {
      held -= 8
      out[o++] = (bits >> held) & 0xff
    }
  }
  return out
}

export function printBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] as number
    const b = bytes[i + 1] ?? 0
    const c = bytes[i + 2] ?? 0
    text += (BASE64[a >> 2] ?? '') + (BASE64[((a & 3) << 4) | (b >> 4)] ?? '')
    text += i + 1 < bytes.length ? BASE64[((b & 15) << 2) | (c >> 6)] : '='
    text += i + 2 < bytes.length ? BASE64[c & 63] : '='
  }
  return text
}

/** Plain JSON objects as they come from a file, before anything is known about them. */
export type JsonObject = Record<string, unknown>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON Pointer (RFC 6901) of the parts of a path. */
export function pointer(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

export function pointerParts(path: string): readonly string[] {
  return path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at a path, undefined where the path leads nowhere. */
export function valueAt(value: unknown, parts: readonly (string | number | symbol)[]): unknown {
  let current = value
  for (const part of parts) {
    if (Array.isArray(current)) current = current[Number(part)]
    else if (isJsonObject(current) && Object.hasOwn(current, part)) current = current[String(part)]
    else return undefined
  }
  return current
}

export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]))
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = definedKeys(a)
  return keys.length === definedKeys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}

/** A property that is `undefined` is not in the JSON text. */
export function definedKeys(value: JsonObject): string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined)
}

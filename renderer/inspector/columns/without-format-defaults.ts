import { formatConfig } from '../../../pipeline-runtime/formats/formats.ts'
import { canonicalValue } from '../../../pipeline-runtime/spec/canonical-value.ts'
import { isJsonObject, type JsonObject } from '../../../pipeline-runtime/spec/json.ts'

/** A guessed format as a document has it. */
export function withoutFormatDefaults(format: unknown): JsonObject | undefined {
  const canonical = canonicalValue(formatConfig, format)
  return isJsonObject(canonical) ? canonical : undefined
}

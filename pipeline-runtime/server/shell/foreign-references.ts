import { secretReference } from '../../connectors/connection-kind.ts'
import { type KafkaConfig, secretScope } from '../../connectors/kafka/connection.ts'
import { Refusal } from '../refusal.ts'

/** Variables that a page may name. Others of the environment may be secrets of other programs. */
const OWN_VARIABLE = /^MILLRACE_/

/** A file, or a variable that is not Millrace's own: only a person may write that into connections.json, by hand. */
export function isForeignReference(value: unknown): boolean {
  const reference = typeof value === 'string' ? secretReference(value) : undefined
  return reference?.type === 'file' || (reference?.type === 'environment' && !OWN_VARIABLE.test(reference.variable))
}

/** A page may keep what stands there, as long as it leads to the same cluster. */
export function refuseNewReferences(before: KafkaConfig | undefined, config: KafkaConfig): void {
  const isSamePlace = before !== undefined && secretScope(before) === secretScope(config)
  for (const [field, value] of Object.entries(config)) {
    if (!isForeignReference(value)) continue
    const unchanged: unknown = before === undefined ? undefined : Reflect.get(before, field)
    if (unchanged === value && isSamePlace) continue
    throw new Refusal(
      'REFERENCE_NOT_ALLOWED',
      `${String(value)} can only be written into connections.json by hand. Here a variable has to have a name that begins with MILLRACE_, for example \${env:MILLRACE_SHOP_PASSWORD}.`,
    )
  }
}

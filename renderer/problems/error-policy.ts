import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { metaOf, shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'
import type { Studio } from '../app/studio.ts'
import { stepFacts } from '../edit/step-facts.ts'
import { choicesOf } from '../inspector/form/form-field.ts'

/** Another way to go on after a row has failed, as the settings of the step allow it. */
export interface PolicyChoice {
  readonly name: string
  readonly value: string
  /** `Skip it and count it` */
  readonly title: string
}

/** Choices of the setting that says what becomes of a row that fails; none for a step without such a setting. */
export function policyChoices(document: Document, nodeId: string): readonly PolicyChoice[] {
  const node = document.nodes.find(({ id }) => id === nodeId)
  const kind = node === undefined ? undefined : stepFacts(node).kind
  if (node === undefined || kind === undefined) return []
  const policy = Object.entries(shapeOf(kind.config) ?? {}).find(([, schema]) => metaOf(schema).term === 'error policy')
  if (policy === undefined) return []
  const [name, schema] = policy
  const current = node.config[name] ?? choicesOf(schema)[0]?.value
  // The first choice stops the run, which is what has just happened.
  return choicesOf(schema)
    .slice(1)
    .filter(({ value }) => value !== current)
    .map(({ value, label }) => ({ name, value, title: label }))
}

/** One step of the history; what is set aside needs a link, which the next problem says. */
export function choosePolicy({ documents, announcer }: Studio, nodeId: string, { name, value, title }: PolicyChoice): void {
  documents.act({
    label: `change what happens to rows that fail`,
    changes: [{ type: 'set-config', nodeId, path: [name], value }],
    focus: { type: 'node', id: nodeId },
  })
  announcer.say(`When a row fails: ${title}. Run again to apply.`)
}

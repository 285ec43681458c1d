import { z } from 'zod'
import { kindNamed } from '../../pipeline-runtime/nodes/catalog.ts'
import type { DocumentNode } from '../../pipeline-runtime/spec/document.ts'
import type { NodeKind, Ports } from '../../pipeline-runtime/spec/node-kind.ts'
import { shapeOf } from '../../pipeline-runtime/spec/schema-walk.ts'

/** What the definition of its kind says about a step as it is set now. */
export interface StepFacts {
  /** Undefined for a kind that this version does not have. */
  readonly kind: NodeKind | undefined
  readonly title: string
  readonly kindTitle: string
  /** With unfinished settings: those of what is set so far. */
  readonly ports: Ports
  /** The settings with their defaults; absent while something is missing or wrong. */
  readonly config: { readonly value: z.output<z.ZodType> } | undefined
  /** Absent while the settings are unfinished. */
  readonly sentence: string | undefined
}

const known = new WeakMap<DocumentNode, StepFacts>()

/** Made once per node of the document: the cards ask often. */
export function stepFacts(node: DocumentNode): StepFacts {
  let facts = known.get(node)
  if (facts === undefined) {
    facts = makeFacts(node)
    known.set(node, facts)
  }
  return facts
}

const NO_PORTS: Ports = { in: [], out: [] }

function makeFacts(node: DocumentNode): StepFacts {
  const kind = kindNamed(node.kind)
  if (kind === undefined) {
    return { kind, title: node.title ?? node.id, kindTitle: node.kind, ports: NO_PORTS, config: undefined, sentence: undefined }
  }
  const parsed = kind.config.safeParse(node.config)
  return {
    kind,
    title: node.title ?? kind.title,
    kindTitle: kind.title,
    ports: attempt(() => kind.ports(parsed.success ? parsed.data : whatIsSet(kind, node.config))) ?? NO_PORTS,
    config: parsed.success ? { value: parsed.data } : undefined,
    sentence: parsed.success ? attempt(() => kind.sentence(parsed.data)) : undefined,
  }
}

/** The fields that are right, and the defaults of those that are missing: enough for the ports of a step that is being set up. */
function whatIsSet(kind: NodeKind, config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: [string, unknown][] = []
  for (const [name, schema] of Object.entries(shapeOf(kind.config) ?? {})) {
    const parsed = z.safeParse(schema, config[name])
    if (parsed.success) fields.push([name, parsed.data])
  }
  return Object.fromEntries(fields)
}

/** A definition must not take the canvas down, whatever stands in a document. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

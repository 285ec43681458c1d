import { compile } from '../compiler/compile.ts'
import { openSpec } from '../compiler/open.ts'
import { readSpec } from '../compiler/read-spec.ts'
import { kinds } from '../nodes/catalog.ts'
import { hasErrors, type Issue } from '../spec/issue.ts'
import type { Spec } from '../spec/spec.ts'
import { Refusal } from './refusal.ts'

/** Hashes of what was compiled again and found right; the hash covers all but the drawing. */
const accepted = new Set<string>()
const MOST_ACCEPTED = 50

/**
 * The spec that the page sends, if this runtime would have compiled the same one. The hash alone is no proof, since everybody can
 * calculate it; compiling the document again finds everything that is wrong.
 */
export function checkSpec(json: unknown): Spec {
  const read = readSpec(textOf(json), { kinds })
  if (read.spec === undefined) throw refusal(read.issues)
  if (accepted.has(read.spec.hash)) return read.spec
  const again = compile(openSpec(read.spec, { kinds }), { kinds })
  if (hasErrors(again.issues) || again.spec === undefined) throw refusal(again.issues)
  if (again.spec.hash !== read.spec.hash) {
    throw new Refusal(
      'SPEC_CHANGED',
      'The pipeline is not what this version of Millrace makes of the document. Reload the page and run again.',
    )
  }
  accepted.add(read.spec.hash)
  for (const hash of accepted) {
    if (accepted.size <= MOST_ACCEPTED) break
    accepted.delete(hash)
  }
  return read.spec
}

function textOf(json: unknown): string {
  try {
    return JSON.stringify(json) ?? ''
  } catch {
    return ''
  }
}

function refusal(issues: readonly Issue[]): Refusal {
  const errors = issues.filter(({ severity }) => severity === 'error')
  const [first] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  const message = `The pipeline has problems, so it cannot run: ${first?.message ?? 'it cannot be read.'}${more}`
  return new Refusal(first?.code ?? 'INVALID_SPEC', message, { nodeId: first?.nodeId, issues })
}

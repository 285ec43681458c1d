import type { EdgeSchema } from '../../spec/edge-schema.ts'
import type { NodeIssue, NodeKind } from '../../spec/node-kind.ts'

/** For tests: what a kind says about a config, with its defaults filled in, over the given inputs. */
export function issuesOf(kind: NodeKind, config: unknown, inputs: readonly EdgeSchema[] = []): NodeIssue[] {
  const issues: NodeIssue[] = []
  kind.derive(kind.config.parse(config), { in: inputs }, { timeZone: 'UTC', issue: (issue) => issues.push(issue) })
  return issues
}

import type { RunTarget } from '../../pipeline-runtime/rpc/run-target.ts'

/** `sample data`, or the name of a connection. */
export function targetName(target: RunTarget): string {
  return target.type === 'sample' ? 'sample data' : target.name
}

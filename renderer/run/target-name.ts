import type { RunTarget } from '../../pipeline-runtime/rpc/run-target.ts'

/** `sample data`, `the local Kafka`, or the name of a connection. */
export function targetName(target: RunTarget): string {
  switch (target.type) {
    case 'sample':
      return 'sample data'
    case 'local':
      return 'the local Kafka'
    case 'kafka':
      return target.name
  }
}

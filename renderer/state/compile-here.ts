import { analyse } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Spec } from '../../pipeline-runtime/spec/spec.ts'
import type { Compiler } from './compiler.ts'

/** Compiles at once, where it stands: in the worker, and in tests. */
export function compileHere(): Compiler {
  let make: (() => Spec) | undefined
  let made: Spec | undefined
  const spec = (): Spec | undefined => {
    made ??= make?.()
    return made
  }
  return {
    compile({ version, document }, answer) {
      const { issues, outputs, makeSpec } = analyse(document, { kinds })
      make = makeSpec
      made = undefined
      answer({ version, issues, outputs })
    },
    spec: async () => spec(),
    specHash: async () => spec()?.hash,
  }
}

import { type Analysis, analyse } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
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
      const { issues, outputs, makeSpec } = analysed(document)
      make = makeSpec
      made = undefined
      answer({ version, issues, outputs })
    },
    spec: async () => spec(),
    specHash: async () => spec()?.hash,
  }
}

/** A fault of the compiler is a problem as well: without an answer whoever waits for it, such as Run, would wait for ever. */
function analysed(document: Document): Analysis {
  try {
    return analyse(document, { kinds })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `The drawing could not be checked, which is a fault of Millrace: ${reason} Undo the last edit to go on.`
    return { issues: [{ code: 'INTERNAL_ERROR', severity: 'error', path: '', message }], outputs: new Map(), makeSpec: undefined }
  }
}

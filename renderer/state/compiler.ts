import type { Compiled } from '../../pipeline-runtime/compiler/compile.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import type { Spec } from '../../pipeline-runtime/spec/spec.ts'

export interface CompileRequest {
  readonly version: number
  readonly document: Document
}

export type CompileAnswer = Omit<Compiled, 'spec'> & { readonly version: number }

/** Compiles somewhere: a worker in the page, at once in tests. */
export interface Compiler {
  compile(request: CompileRequest, answer: (answer: CompileAnswer) => void): void
  /** Of what was compiled last; undefined where it has errors. Asked for only where it is needed: it is large. */
  spec(): Promise<Spec | undefined>
  /** The hash of that spec. */
  specHash(): Promise<string | undefined>
}

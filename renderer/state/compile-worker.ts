import { z } from 'zod'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { CompileAnswer, CompileRequest } from './compiled-store.ts'

// The policy of the page forbids code from text, which zod would otherwise try.
z.config({ jitless: true })

self.onmessage = ({ data }: MessageEvent<CompileRequest>) => {
  const answer: CompileAnswer = { version: data.version, ...compile(data.document, { kinds }) }
  self.postMessage(answer)
}

import { z } from 'zod'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { compileHere } from './compile-here.ts'
import { answerChange, type FromWorker, type ToWorker, withChange } from './compile-messages.ts'
import type { CompileAnswer } from './compiler.ts'
import { emptyDocument } from './document-store.ts'

// The policy of the page forbids code from text, which zod would otherwise try.
z.config({ jitless: true })

const compiler = compileHere()
let document: Document = emptyDocument
let last: CompileAnswer | undefined

const post = (message: FromWorker): void => self.postMessage(message)

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'compile': {
      document = withChange(document, data.change)
      compiler.compile({ version: data.version, document }, (answer) => {
        post({ type: 'compiled', change: answerChange(last, answer) })
        last = answer
      })
      return
    }
    case 'spec':
      return post({ type: 'spec', id: data.id, spec: await compiler.spec() })
    case 'spec-hash':
      return post({ type: 'spec-hash', id: data.id, hash: await compiler.specHash() })
  }
}

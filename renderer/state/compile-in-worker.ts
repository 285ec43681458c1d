import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { changeOf, type FromWorker, type ToWorker, withAnswer } from './compile-messages.ts'
import type { CompileAnswer, Compiler } from './compiler.ts'

/** Compiles beside the page, so that typing never waits for it. */
export function compileInWorker(): Compiler {
  const worker = new Worker(new URL('./compile-worker.ts', import.meta.url), { type: 'module' })
  const post = (message: ToWorker): void => worker.postMessage(message)
  let sent: Document | undefined
  let known: CompileAnswer = { version: 0, issues: [], outputs: new Map() }
  let take: (answer: CompileAnswer) => void = () => {}
  let asked = 0
  const waiting = new Map<number, (message: FromWorker) => void>()
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'compiled') {
      known = withAnswer(known, data.change)
      take(known)
    } else {
      waiting.get(data.id)?.(data)
      waiting.delete(data.id)
    }
  }
  const ask = (type: 'spec' | 'spec-hash'): Promise<FromWorker> =>
    new Promise((resolve) => {
      const id = ++asked
      waiting.set(id, resolve)
      post({ type, id })
    })
  return {
    compile({ version, document }, answer) {
      take = answer
      post({ type: 'compile', version, change: changeOf(sent, document) })
      sent = document
    },
    async spec() {
      const answer = await ask('spec')
      return answer.type === 'spec' ? answer.spec : undefined
    },
    async specHash() {
      const answer = await ask('spec-hash')
      return answer.type === 'spec-hash' ? answer.hash : undefined
    },
  }
}

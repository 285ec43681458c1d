import { RPCHandler } from '@orpc/server/message-port'
import { wireForms } from '../../pipeline-runtime/rpc/wire-forms.ts'
import { refuseInWords } from '../../pipeline-runtime/server/refusal.ts'
import { createRuntime } from '../../pipeline-runtime/server/runtime.ts'
import { KeychainQuestions } from './keychain-questions.ts'
import { type FromRuntime, runtimeSettings, toRuntime } from './runtime-message.ts'

/** The runtime in a process of its own: pages come in by ports, straight from their window. */
const say = (message: FromRuntime): void => process.parentPort.postMessage(message)
const questions = new KeychainQuestions(say)
const settings = runtimeSettings.parse(JSON.parse(process.argv[2] ?? '{}'))
const runtime = createRuntime({ ...settings, keychain: (name, config) => questions.ask(name, config) })
const handler = new RPCHandler(runtime.router, {
  customJsonSerializers: wireForms,
  clientInterceptors: [refuseInWords((error) => process.stderr.write(`${String(error)}\n`))],
})

process.parentPort.on('message', ({ data, ports: [port] }) => {
  const message = toRuntime.parse(data)
  if (message.type === 'allow') runtime.allow(message.folder)
  else if (message.type === 'secrets' || message.type === 'no-secrets') questions.take(message)
  else if (message.type === 'close') void runtime.close().then(() => process.exit(0))
  else if (port !== undefined) {
    handler.upgrade(port)
    port.start()
  }
})
say({ type: 'ready' })

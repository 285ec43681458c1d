import type { KafkaConfig } from '../../pipeline-runtime/connectors/kafka/connection.ts'
import type { TypedSecrets } from '../../pipeline-runtime/rpc/run-target.ts'
import type { FromRuntime, ToRuntime } from './runtime-message.ts'

type Answer = Extract<ToRuntime, { readonly type: 'secrets' | 'no-secrets' }>

/** Questions to the main process, which alone may ask the keychain. */
export class KeychainQuestions {
  private readonly open = new Map<number, { resolve(secrets: TypedSecrets): void; reject(error: Error): void }>()
  private readonly send: (message: FromRuntime) => void
  private asked = 0

  constructor(send: (message: FromRuntime) => void) {
    this.send = send
  }

  ask(name: string, config: KafkaConfig): Promise<TypedSecrets> {
    const id = ++this.asked
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject })
      this.send({ type: 'ask-secrets', id, name, config })
    })
  }

  take(answer: Answer): void {
    const question = this.open.get(answer.id)
    this.open.delete(answer.id)
    if (answer.type === 'secrets') question?.resolve(answer.secrets)
    else question?.reject(new Error(answer.reason))
  }
}

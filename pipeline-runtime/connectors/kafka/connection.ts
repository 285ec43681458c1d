import { z } from 'zod'
import { defineConnectionKind } from '../connection-kind.ts'

const HOST_PORT = /^[A-Za-z0-9._-]+:(\d{1,5})$/

const bootstrapField = z
  .string()
  .refine(isBootstrap, { error: 'Write HOST:PORT, or several of them with commas between, for example localhost:9092.' })
  .meta({
    title: 'Host and port',
    term: 'bootstrap servers',
    description: 'HOST:PORT of one or more brokers, with commas between. The others are learned from them.',
  })

export const kafkaConnection = defineConnectionKind({
  kind: 'kafka',
  title: 'Kafka',
  description: 'A Kafka cluster without sign-in.',
  config: z.strictObject({ bootstrap: bootstrapField }),
  secretFields: [],
  parseTarget: (text) => (isBootstrap(text) ? { bootstrap: text } : undefined),
})

/** `HOST:PORT[,HOST:PORT]` with ports from 1 to 65535. */
function isBootstrap(text: string): boolean {
  return text.split(',').every((server) => {
    const port = HOST_PORT.exec(server.trim())?.[1]
    return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535
  })
}

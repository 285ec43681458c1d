import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { expect, test } from 'vitest'
import type { RuntimeApi } from '../rpc/runtime-api.ts'
import { wireForms } from '../rpc/wire-forms.ts'
import { exampleSpec, openTestRuntime } from './test-runtime.contract.ts'

test('over a message port: figures as they come, rows with all digits, refusals as data, also in a stream; a reader that leaves is left alone', async () => {
  const t = openTestRuntime()
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(t.runtime.router, { customJsonSerializers: wireForms }).upgrade(port1)
  port1.start()
  const client: ContractRouterClient<RuntimeApi> = createORPCClient(new RPCLink({ port: port2, customJsonSerializers: wireForms }))
  port2.start()
  try {
    const request = { documentId: 'a', target: { type: 'sample' }, armed: false, folder: t.folder } as const
    const { runId } = await client.runs.start({ spec: exampleSpec('slow-api'), ...request })
    let figures = 0
    for await (const update of await client.runs.watch({ runId })) {
      if (update.figures !== undefined && ++figures === 3) break
    }
    await client.runs.stop({ runId })
    let state = ''
    for await (const update of await client.runs.watch({ runId })) state = update.state.type
    expect(state).toBe('stopped')
    const nodes = (await client.runs.list())[0]?.figures?.nodes ?? []
    for (const { nodeId, ports } of nodes) {
      if (ports.out === undefined) continue
      const { total, rows } = await client.runs.rows({ runId, nodeId, tab: 'out', limit: 10 })
      expect(total).toBe(ports.out)
      for (const { cells } of rows) for (const cell of cells) expect(cell === null || typeof cell === 'string').toBe(true)
    }
    const refused: unknown = await client.runs.start({ spec: {}, ...request }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ORPCError)
    expect(refused).toMatchObject({ code: 'NOT_A_SPEC', data: { code: 'NOT_A_SPEC', issues: [{ severity: 'error' }] } })
    const filled = client.localKafka.fill({ spec: exampleSpec('slow-api'), replace: false, folder: t.folder })
    const broken: unknown = await filled.then((progress) => progress.next()).catch((error: unknown) => error)
    expect(broken).toMatchObject({ code: 'LOCAL_KAFKA_STOPPED', message: expect.stringContaining('Start it first') })
  } finally {
    port1.close()
    await t.close()
  }
  expect(t.faults).toEqual([])
})

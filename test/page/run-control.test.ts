import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, expect, test } from 'vitest'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import { openTestRuntime } from '../../pipeline-runtime/server/test-runtime.contract.ts'
import type { Document } from '../../pipeline-runtime/spec/document.ts'
import { readDocument } from '../../pipeline-runtime/spec/read-document.ts'
import type { Studio } from '../../renderer/app/studio.ts'
import { createRowFeed } from '../../renderer/data/row-feed.ts'
import type { RuntimeClient } from '../../renderer/host/host.ts'
import { ChangingRuntimeLink } from '../../renderer/host/runtime-link.ts'
import { attachRuns } from '../../renderer/run/attach-runs.ts'
import { restartRun, startRun, stopRun } from '../../renderer/run/run-control.ts'
import { isStale } from '../../renderer/run/stale.ts'
import { testStudio } from '../../renderer/test-studio.contract.ts'

const examples = path.join(import.meta.dirname, '../../pipeline-runtime/examples')
const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

function example(name: string): Document {
  const { document, issues } = readDocument(readFileSync(path.join(examples, `${name}.millrace.json`), 'utf8'), { kinds })
  if (document === undefined) throw new Error(JSON.stringify(issues))
  return document
}

/** A page without a window on a real runtime, called in this process. */
function openPage(document = example('purchases-per-country')) {
  const runtime = openTestRuntime()
  const link = new ChangingRuntimeLink()
  const client: RuntimeClient = createRouterClient(runtime.runtime.router)
  const { studio, said } = testStudio()
  const alarms: string[] = []
  const page: Studio = {
    ...studio,
    host: { ...studio.host, runtime: link },
    announcer: { ...studio.announcer, alarm: (text) => void alarms.push(text) },
  }
  page.documents.open(document)
  const detach = attachRuns(page)
  link.came(client)
  closers.push(detach, runtime.close)
  const until = async (holds: () => boolean): Promise<void> => {
    for (let i = 0; !holds(); i++) {
      if (i > 1000) throw new Error(`Waited in vain; the run is ${JSON.stringify(page.runs.getState().run?.state)}.`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  const state = () => page.runs.getState().run?.state.type
  return { page, link, client, runtime, said, alarms, until, state }
}

function rename(page: Studio, name: string): void {
  page.documents.act({ label: 'rename', changes: [{ type: 'set-document', fields: { name } }] })
}

function changeCondition(page: Studio, condition: string): void {
  page.documents.act({ label: 'edit', changes: [{ type: 'set-config', nodeId: 'paid', path: ['condition'], value: condition }] })
}

test('a bounded run ends with all its figures, and they are said', async () => {
  const { page, said, until, state } = openPage()
  page.runs.configure({ stop: { type: 'end' } })
  await startRun(page)
  await until(() => state() === 'ended')
  expect(page.runs.figuresOf('paid')).toMatchObject({ in: 36_000, out: 29_765, removed: 6_235 })
  expect(page.runs.figuresOf('per_country')).toMatchObject({ in: 29_765, out: 117, late: 657 })
  expect(said.at(-1)).toMatch(/^Run finished after .*: 36,000 rows read, 117 rows in results, 657 late\.$/)
})

test('the rows of a tab are those that passed, to the last one', async () => {
  const { page, until, state, link } = openPage()
  page.runs.configure({ stop: { type: 'end' } })
  await startRun(page)
  const feed = createRowFeed(page.runs, link, { nodeId: 'per_country', tab: 'out', port: 'out', limit: 5000 })
  feed.subscribe(() => {})
  closers.push(feed.start())
  await until(() => state() === 'ended' && feed.current().rows.length === 117)
  expect(feed.current().total).toBe(117)
  expect(feed.current().rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 117 }, (_, i) => i))
})

test('a drawing with errors is not started: the problems are shown and said', async () => {
  const { page, said, state } = openPage()
  changeCondition(page, 'stauts = 1')
  await startRun(page)
  expect(state()).toBeUndefined()
  expect(page.view.getState()).toMatchObject({ dockOpen: true, dockTab: 'problems' })
  expect(said.at(-1)).toBe('Not started: 1 problem.')
})

test('stop stops, and is said', async () => {
  const { page, said, until, state } = openPage()
  await startRun(page)
  await until(() => state() === 'running')
  await stopRun(page)
  await until(() => state() === 'stopped')
  expect(said.at(-1)).toMatch(/^Run stopped after /)
})

test('an edit makes the run stale unless it is a name; a restart runs what is drawn by then', async () => {
  const { page, until, state } = openPage()
  const stale = () => isStale(page.runs.getState().run, page.documents.getState().document, page.compiled.getState())
  await startRun(page)
  await until(() => state() === 'running')
  rename(page, 'Another name')
  expect(stale()).toBe(false)
  changeCondition(page, "status = 'open'")
  expect(stale()).toBe(true)
  const before = page.runs.getState().run?.runId
  await restartRun(page)
  expect(page.runs.getState().run?.runId).not.toBe(before)
  expect(stale()).toBe(false)
  page.documents.undo()
  expect(stale()).toBe(true)
})

test('a run that failed interrupts with its step, row and reason', async () => {
  const document = example('purchases-per-country')
  const { page, alarms, until, state } = openPage(document)
  changeCondition(page, '1 / CAST(amount - amount AS BIGINT) = 1')
  page.runs.configure({ stop: { type: 'end' } })
  await startRun(page)
  await until(() => state() === 'failed')
  expect(alarms.at(-1)).toMatch(/^Run failed\. Only paid: The row at purchases, partition 0, position \d+ /)
  expect(page.runs.getState().run?.state).toMatchObject({ failure: { nodeId: 'paid' } })
})

test('a refusal is shown and said, and nothing runs', async () => {
  const { page, alarms, state } = openPage()
  page.documents.act({
    label: 'edit',
    changes: [{ type: 'set-config', nodeId: 'purchases', path: ['sample'], value: { file: '/etc/passwd' } }],
  })
  await startRun(page)
  expect(state()).toBeUndefined()
  expect(page.runs.getState().refusal).toMatchObject({ nodeId: 'purchases' })
  expect(alarms.at(-1)).toMatch(/^Not started\. .*passwd/)
})

test('the runtime dies: the run is lost with the reason, the drawing stays; with a new one Run works again', async () => {
  const { page, link, alarms, until, state } = openPage()
  await startRun(page)
  await until(() => state() === 'running')
  const { document } = page.documents.getState()
  link.went('The engine stopped: it ran out of memory.')
  expect(page.runs.getState().run?.state).toEqual({ type: 'lost', reason: 'The engine stopped: it ran out of memory.' })
  expect(alarms).toEqual(['The run is lost. The engine stopped: it ran out of memory. Your drawing is untouched.'])
  expect(page.runs.getState().engineLost).toBe('The engine stopped: it ran out of memory.')
  await startRun(page)
  expect(page.runs.getState().refusal?.code).toBe('NO_ENGINE')
  const second = openTestRuntime()
  closers.push(second.close)
  link.came(createRouterClient(second.runtime.router))
  await until(() => alarms.at(-1) === 'The engine is back.')
  expect(state()).toBe('lost')
  expect(page.runs.getState().engineLost).toBeUndefined()
  expect(page.documents.getState().document).toBe(document)
  await startRun(page)
  await until(() => state() === 'running')
  expect(page.runs.getState().refusal).toBeUndefined()
})

test('the runtime dies while nothing runs: that is said, too, and when it is back', async () => {
  const { page, link, client, alarms, until } = openPage()
  link.went('The engine stopped.')
  expect(page.runs.getState().engineLost).toBe('The engine stopped.')
  link.came(client)
  await until(() => alarms.length === 2)
  expect(alarms).toEqual(['The engine stopped. It is being started again.', 'The engine is back.'])
})

test('a connection that broke finds its run again, with what ran', async () => {
  const { page, link, client, until, state } = openPage()
  await startRun(page)
  await until(() => state() === 'running')
  const before = page.runs.getState().run
  changeCondition(page, "status = 'open'")
  link.went('The connection is lost.')
  expect(state()).toBe('lost')
  link.came(client)
  await until(() => state() === 'running')
  expect(page.runs.getState().run).toMatchObject({ runId: before?.runId, document: before?.document })
})

test('another page on the same document finds the run, and follows it to its end', async () => {
  const { page, client, until, state } = openPage()
  await startRun(page)
  await until(() => state() === 'running')
  const { studio } = testStudio()
  const link = new ChangingRuntimeLink()
  const other: Studio = { ...studio, host: { ...studio.host, runtime: link } }
  const { documentId, document } = page.documents.getState()
  other.documents.setState({ document, documentId })
  closers.push(attachRuns(other))
  link.came(client)
  await until(() => other.runs.getState().run?.state.type === 'running')
  expect(other.runs.getState().run?.runId).toBe(page.runs.getState().run?.runId)
  await stopRun(page)
  await until(() => other.runs.getState().run?.state.type === 'stopped')
})

test('another document is opened: its run is shown, not the one before, which goes on', async () => {
  const { page, client, until, state } = openPage()
  await startRun(page)
  await until(() => state() === 'running')
  const first = page.documents.getState()
  page.documents.open(example('slow-api'))
  await until(() => page.runs.getState().run === undefined)
  expect((await client.runs.list()).map(({ state: { type } }: RunUpdate) => type)).toEqual(['running'])
  page.documents.setState(first)
  await until(() => state() === 'running')
})

test('writing that was armed for one target is off for another', async () => {
  const { page } = openPage()
  const shop = { type: 'kafka', name: 'shop', config: { bootstrap: '127.0.0.1:1' } } as const
  page.runs.configure({ target: shop })
  page.runs.configure({ armed: true })
  expect(page.runs.getState().settings.armed).toBe(true)
  page.runs.configure({ target: { ...shop, name: 'other' } })
  expect(page.runs.getState().settings.armed).toBe(false)
})

test('what was chosen for one document does not hold for the next one; the target stays', () => {
  const { page } = openPage()
  const target = { type: 'kafka', name: 'shop', config: { bootstrap: '127.0.0.1:1' } } as const
  page.runs.configure({ target })
  page.runs.configure({ armed: true, start: { type: 'earliest' }, stop: { type: 'end' } })
  page.runs.refuse({ code: 'NO_SAMPLE', message: 'purchases has no sample data.' })
  page.documents.open(example('slow-api'))
  expect(page.runs.getState()).toMatchObject({ settings: { target, armed: false, start: undefined, stop: undefined }, refusal: undefined })
})

test('a restart, asked for twice, starts one run, and none where another document was opened meanwhile', async () => {
  const { page, client, until, state } = openPage()
  await startRun(page)
  await until(() => state() === 'running')
  changeCondition(page, "status = 'open'")
  await Promise.all([restartRun(page), restartRun(page)])
  await until(() => state() === 'running')
  changeCondition(page, "status = 'paid'")
  const restart = restartRun(page)
  page.documents.open(example('slow-api'))
  await restart
  expect(page.runs.getState().run).toBeUndefined()
  expect(await client.runs.list()).toHaveLength(1)
})

test('Stop during a restart: what ran ends in order, and nothing is started after it', async () => {
  const { page, client, until, state } = openPage()
  await startRun(page)
  await until(() => state() === 'running')
  changeCondition(page, "status = 'open'")
  const restart = restartRun(page)
  await stopRun(page)
  await restart
  expect(state()).toBe('stopped')
  expect(await client.runs.list()).toHaveLength(1)
})

test('Stop while a run is only starting: it does not begin', async () => {
  const { page, client } = openPage()
  const pressed = startRun(page)
  await stopRun(page)
  await pressed
  expect(page.runs.getState()).toMatchObject({ starting: false, stopAsked: false, run: undefined })
  expect(await client.runs.list()).toEqual([])
})

test('Stop before the runtime has answered: what has begun ends, and the next Run is not stopped', async () => {
  const { page, link, client, until, state } = openPage()
  // The moment between the runtime's start and its answer is too short to meet otherwise.
  const runs = new Proxy(client.runs, {
    get: (target, key) =>
      key === 'start'
        ? async (request: Parameters<typeof target.start>[0]) => {
            const answer = await target.start(request)
            await stopRun(page)
            return answer
          }
        : Reflect.get(target, key),
  })
  link.came({ capabilities: client.capabilities, data: client.data, localKafka: client.localKafka, runs })
  await startRun(page)
  await until(() => state() === 'stopped')
  expect((await client.runs.list()).map((run) => run.state.type)).toEqual(['stopped'])
  link.came(client)
  await startRun(page)
  await until(() => state() === 'running')
  await stopRun(page)
  await until(() => state() === 'stopped')
})

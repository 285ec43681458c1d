import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compile } from '../../pipeline-runtime/compiler/compile.ts'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import type { RunUpdate } from '../../pipeline-runtime/rpc/run-state.ts'
import { readDocument } from '../../pipeline-runtime/spec/read-document.ts'
import { type Server, startServer } from '../browser/serve-process.ts'
import { ROOT } from './command-line.ts'
import { connectTo, type ServeClient } from './serve-client.ts'

const FILE = 'purchases-per-country.millrace.json'

let base = ''
let server: Server
let client: ServeClient
beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'millrace-serve-metrics-'))
  const folder = path.join(base, 'documents')
  mkdirSync(folder)
  copyFileSync(path.join(ROOT, 'pipeline-runtime/examples', FILE), path.join(folder, FILE))
  server = await startServer(folder, ['--port', '0', '--metrics-port', '0'])
  client = await connectTo(server)
})
afterAll(async () => {
  client.leave()
  await server.stop()
  rmSync(base, { recursive: true })
})

test('millrace serve --metrics-port tells of the runs of its pages while they go on, without a token', async () => {
  const metrics = new URL(/^Metrics: (\S+)$/m.exec(server.said())?.[1] ?? '')
  expect(metrics.pathname).toBe('/metrics')
  expect(Number(metrics.port)).not.toBe(server.port)
  const ask = async (page: string) => {
    const response = await fetch(new URL(page, metrics))
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
  }
  const askJson = async (page: string) => {
    const { status, text } = await ask(page)
    return { status, body: JSON.parse(text) as { readonly runs: readonly object[] } } // Of our own program.
  }
  // It serves pages, so it is ready without any run.
  expect(await askJson('/readyz')).toEqual({ status: 200, body: { ready: true, runs: [] } })
  expect((await ask('/metrics')).text).not.toContain('millrace_run_state{')

  const opened = await client.shell.documents.open({ path: FILE })
  const { document } = readDocument(opened?.text ?? '', { kinds })
  const spec = document && compile(document, { kinds }).spec
  if (document === undefined || spec === undefined) throw new Error(`${FILE} does not compile`)
  const { runId } = await client.runtime.runs.start({
    spec,
    folder: opened?.folder ?? '',
    documentId: FILE,
    target: { type: 'sample' },
    armed: false,
    stop: { type: 'never' },
  })
  await watch(runId, ({ state, figures }) => state.type === 'running' && (figures?.nodes ?? []).some((node) => node.out > 0))

  const about = { pipeline: document.name, run: runId, state: 'running' }
  expect(await askJson('/healthz')).toMatchObject({ status: 200, body: { status: 'ok', runs: [about] } })
  expect(await askJson('/readyz')).toMatchObject({ status: 200, body: { ready: true, runs: [{ ...about, reasons: [] }] } })
  const page = await ask('/metrics')
  expect(page).toMatchObject({ status: 200, type: expect.stringContaining('text/plain') })
  expect(page.text).toContain(`millrace_run_state{pipeline="${document.name}",state="running"} 1\n`)
  expect(page.text).toContain(`millrace_run_info{pipeline="${document.name}",run="${runId}"`)
  const read = new RegExp(`^millrace_node_records_in_total\\{pipeline="${document.name}",node="\\w+"\\} (\\d+)$`, 'gm')
  expect(Array.from(page.text.matchAll(read), ([, count]) => Number(count)).some((count) => count > 0)).toBe(true)

  await client.runtime.runs.stop({ runId })
  await watch(runId, ({ state }) => state.type === 'stopped')
  expect(await askJson('/healthz')).toMatchObject({ status: 200, body: { runs: [{ ...about, state: 'stopped' }] } })
})

async function watch(runId: string, until: (update: RunUpdate) => boolean): Promise<void> {
  let last: RunUpdate | undefined
  for await (const update of await client.runtime.runs.watch({ runId })) {
    last = update
    if (until(update)) return
  }
  throw new Error(`The run ended as ${JSON.stringify(last?.state)}.`)
}

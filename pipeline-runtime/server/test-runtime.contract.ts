import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRouterClient, ORPCError } from '@orpc/server'
import { compile } from '../compiler/compile.ts'
import { EXAMPLES_FOLDER } from '../examples/run-example.ts'
import { kinds } from '../nodes/catalog.ts'
import type { RunUpdate } from '../rpc/run-state.ts'
import type { RefusalData, StartRun } from '../rpc/runtime-api.ts'
import { readDocument } from '../spec/read-document.ts'
import type { Spec } from '../spec/spec.ts'
import { createRuntime, type RuntimeOptions } from './runtime.ts'

/** A runtime with a folder of its own, called as the page calls it. */
export function openTestRuntime(options: Partial<RuntimeOptions> = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-runtime-'))
  const dataDir = path.join(folder, 'data')
  const faults: unknown[] = []
  const runtime = createRuntime({ dataDir, version: '0.0.0', log: (error) => faults.push(error), ...options })
  runtime.allow(folder)
  const client = createRouterClient(runtime.router)
  const start = (spec: Spec, more: Partial<StartRun> = {}) =>
    client.runs.start({ spec, documentId: 'a', target: { type: 'sample' }, armed: false, folder, ...more })
  const finish = async (runId: string): Promise<RunUpdate> => {
    let last: RunUpdate | undefined
    for await (const update of await client.runs.watch({ runId })) last = update
    if (last === undefined) throw new Error('The run said nothing.')
    return last
  }
  const close = async () => {
    await runtime.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, dataDir, runtime, client, faults, start, finish, close }
}

export function exampleSpec(name: string): Spec {
  return compiled(readFileSync(path.join(EXAMPLES_FOLDER, `${name}.millrace.json`), 'utf8'))
}

export function compiled(document: string | object): Spec {
  const read = readDocument(typeof document === 'string' ? document : JSON.stringify(document), { kinds })
  if (read.document === undefined) throw new Error(JSON.stringify(read.issues))
  const { spec, issues } = compile(read.document, { kinds })
  if (spec === undefined) throw new Error(JSON.stringify(issues))
  return spec
}

/** Why a call was refused. */
export async function refusalOf(call: Promise<unknown>): Promise<RefusalData> {
  try {
    await call
  } catch (error) {
    if (error instanceof ORPCError) return error.data as RefusalData // as: what the test looks at
    throw error
  }
  throw new Error('The call was not refused.')
}

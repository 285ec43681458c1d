import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT, startMillrace } from './command-line.ts'

const DOCUMENT = path.join(ROOT, 'pipeline-runtime/examples/purchases-per-country.millrace.json')

let folder = ''
let cluster: net.Server
const clients = new Set<net.Socket>()
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-signals-'))
  // Takes connections and never says anything.
  cluster = net.createServer((client) => {
    clients.add(client)
    client.on('error', () => undefined)
  })
  cluster.listen(0, '127.0.0.1')
  await once(cluster, 'listening')
})
afterAll(() => {
  for (const client of clients) client.destroy()
  cluster.close()
  rmSync(folder, { recursive: true })
})

test.each(['SIGTERM', 'SIGINT'] as const)('%s while a run waits for a cluster that does not answer ends it, in words', async (signal) => {
  const { port } = cluster.address() as AddressInfo // Of a server on TCP.
  const asks = once(cluster, 'connection')
  const { child, finished } = startMillrace(['run', DOCUMENT, '--target', `127.0.0.1:${port}`, '--data-dir', folder])
  await Promise.race([asks, finished])
  child.kill(signal)
  const { code, signal: killedBy, stdout, stderr } = await finished
  expect({ code, killedBy, stdout }, stderr).toEqual({ code: 130, killedBy: null, stdout: '' })
  expect(stderr).toMatch(/Stopping\. Nothing was read yet\.\n$/)
  expect(stderr).not.toMatch(/\n\s+at /)
})

test('SIGTERM before anything was read leaves a log in which every line is JSON', async () => {
  const { port } = cluster.address() as AddressInfo // Of a server on TCP.
  const asks = once(cluster, 'connection')
  const rest = ['--target', `127.0.0.1:${port}`, '--data-dir', folder, '--log-format', 'json']
  const { child, finished } = startMillrace(['run', DOCUMENT, ...rest])
  await Promise.race([asks, finished])
  child.kill('SIGTERM')
  const { code, stderr } = await finished
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly level: string; readonly msg: string }) // The log of our own program.
  expect(code).toBe(130)
  expect(lines.at(-1)?.msg).toBe('Stopping. Nothing was read yet.')
  expect(lines.filter(({ level }) => level === 'error')).toEqual([])
})

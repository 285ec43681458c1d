import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { millrace, startMillrace } from '../e2e/command-line.ts'

let folder = ''
let page = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-bad-serve-'))
  page = path.join(folder, 'page')
  mkdirSync(page)
  writeFileSync(path.join(page, 'index.html'), '<title>Millrace</title>')
})
afterAll(() => rmSync(folder, { recursive: true }))

async function refused(args: readonly string[], code: number, sentence: RegExp): Promise<void> {
  const finished = await millrace(['serve', '--page-dir', page, ...args])
  expect(finished.stderr).toMatch(sentence)
  expect(finished.code).toBe(code)
  expect(finished.stdout).toBe('')
  expect(finished.stderr).not.toMatch(/\n\s+at /)
}

async function occupy(port: number): Promise<net.Server> {
  const server = net.createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

test('a port in use: which one, and what to try', async () => {
  const other = await occupy(0)
  const { port } = other.address() as AddressInfo // Of a server on TCP.
  try {
    await refused(
      [folder, '--port', String(port)],
      2,
      new RegExp(`Port ${port} of 127\\.0\\.0\\.1 is in use by another program\\. Try another one \\(--port ${port + 1}\\)`),
    )
  } finally {
    other.close()
  }
})

test('without --port the next free one is taken, and Ctrl+C ends in order', async () => {
  const other = await occupy(4870).catch(() => undefined)
  const { child, finished } = startMillrace(['serve', folder, '--page-dir', page])
  try {
    const printed: string = await new Promise((resolve, reject) => {
      child.stdout?.once('data', (text: string) => resolve(text))
      child.once('close', () => reject(new Error('ended')))
    })
    expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:48(7[1-9]|8\d|90)\/\?token=[\w-]{43}\n$/)
  } finally {
    child.kill('SIGINT')
    other?.close()
  }
  const { code, stderr } = await finished
  expect(stderr).toMatch(/Stopping:.*\nStopped\.\n$/)
  expect(code).toBe(0)
})

test('wrong usage', async () => {
  await refused([folder, '--port', 'many'], 64, /--port many is not a port: a whole number from 1 to 65535, or 0/)
  await refused([folder, '--port', '70000'], 64, /--port 70000 is not a port/)
  await refused([folder, '--port', '-1'], 64, /--port/)
  await refused([folder, folder], 64, /One FOLDER at a time/)
  await refused([folder, '--host', ''], 64, /--host needs an address/)
  await refused([folder, '--token', 'x'], 64, /token/)
})

test('a folder that is not there, or is a file, or may not be read', async () => {
  await refused([path.join(folder, 'nowhere')], 1, /nowhere is not there\. Make it first, or name another one\./)
  const file = path.join(folder, 'a.millrace.json')
  writeFileSync(file, '{}')
  await refused([file], 1, /a\.millrace\.json is a file\. Name the folder with your documents: millrace serve/)
  if (process.getuid?.() === 0) return // Root may read everything.
  const closed = path.join(folder, 'closed')
  mkdirSync(closed)
  chmodSync(closed, 0)
  await refused([closed], 1, /closed may not be read/)
})

test('an address that is not this machine, a page that is not built', async () => {
  await refused([folder, '--port', '0', '--host', '203.0.113.7'], 2, /203\.0\.113\.7 is not an address of this machine/)
  await refused(
    [folder, '--page-dir', path.join(folder, 'nothing')],
    2,
    /The page is not built: .*nothing has no index\.html.*npm run build/,
  )
})

test('an address that the network reaches comes with a warning', async () => {
  const { child, finished } = startMillrace(['serve', folder, '--page-dir', page, '--port', '0', '--host', '0.0.0.0'])
  await once(child.stdout ?? child, 'data')
  await new Promise((resolve) => setTimeout(resolve, 300))
  child.kill('SIGTERM')
  const { code, stdout, stderr } = await finished
  expect(code).toBe(0)
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/)
  expect(stderr).toMatch(/Warning: 0\.0\.0\.0 is reachable from the network, without encryption/)
  expect(readdirSync(folder)).not.toContain('connections.json')
})

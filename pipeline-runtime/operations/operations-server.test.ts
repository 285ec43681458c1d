import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { Operations } from './operations.ts'
import { type OperationsServer, startOperationsServer } from './operations-server.ts'

const open: OperationsServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function start(port = 0, host = '127.0.0.1'): Promise<OperationsServer> {
  const readiness = () => ({ status: 503 as const, body: { ready: false } })
  const server = await startOperationsServer({ operations: new Operations('1'), host, port, readiness })
  open.push(server)
  return server
}

function ask(port: number, path: string, options: { method?: string; host?: string } = {}) {
  return new Promise<{ status: number | undefined; type: string | undefined; text: string }>((resolve, reject) => {
    const headers = options.host === undefined ? {} : { host: options.host }
    const asked = request({ host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], text }))
    })
    asked.on('error', reject).end()
  })
}

test('metrics in text, health and readiness as JSON, nothing else', async () => {
  const { port, address } = await start()
  expect(address).toBe(`http://127.0.0.1:${port}/metrics`)
  const metrics = await ask(port, '/metrics?name=x')
  expect(metrics).toMatchObject({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' })
  expect(metrics.text).toContain('millrace_build_info{version="1"')
  const healthy = await ask(port, '/healthz')
  expect(healthy).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' })
  expect(JSON.parse(healthy.text)).toMatchObject({ status: 'ok', runs: [] })
  const ready = await ask(port, '/readyz')
  expect([ready.status, JSON.parse(ready.text)]).toEqual([503, { ready: false }])
  expect(await ask(port, '/')).toMatchObject({ status: 200, text: expect.stringContaining('/healthz') })
  expect((await ask(port, '/secrets')).status).toBe(404)
  expect(await ask(port, '/metrics', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  expect((await ask(port, '/metrics', { method: 'POST' })).status).toBe(405)
})

test('on this machine alone no other name is answered; open to the network any is', async () => {
  const { port } = await start()
  expect((await ask(port, '/metrics', { host: `evil.example:${port}` })).status).toBe(403)
  expect((await ask(port, '/metrics', { host: `localhost:${port}` })).status).toBe(200)
  const everywhere = await start(0, '0.0.0.0')
  expect((await ask(everywhere.port, '/metrics', { host: 'millrace:9464' })).status).toBe(200)
})

test('a port in use and an address of another machine are said in words', async () => {
  const { port } = await start()
  await expect(start(port)).rejects.toThrow(`The metrics port ${port} of 127.0.0.1 is in use by another program`)
  await expect(start(0, '192.0.2.7')).rejects.toThrow('--metrics-host 192.0.2.7 is not an address of this machine')
})

import { expect, test } from 'vitest'
import { logOptions, portNumber } from './arguments.ts'
import { metricsOptions } from './operations-options.ts'

test('metrics are for this machine alone unless it is said otherwise, and there are none without a port', () => {
  expect(metricsOptions({})).toBeUndefined()
  expect(metricsOptions({ 'metrics-port': '9464' })).toEqual({ port: 9464, host: '127.0.0.1', lingerMs: 0 })
  const all = { 'metrics-port': '0', 'metrics-host': '0.0.0.0', 'metrics-linger': '2m' }
  expect(metricsOptions(all)).toEqual({ port: 0, host: '0.0.0.0', lingerMs: 120_000 })
})

test('what makes no sense is said', () => {
  expect(() => metricsOptions({ 'metrics-host': '0.0.0.0' })).toThrow('--metrics-host needs --metrics-port')
  expect(() => metricsOptions({ 'metrics-linger': '1m' })).toThrow('--metrics-linger needs --metrics-port')
  expect(() => metricsOptions({ 'metrics-port': '9464', 'metrics-linger': 'long' })).toThrow('--metrics-linger long is not a duration')
  expect(() => metricsOptions({ 'metrics-port': '9464', 'metrics-host': '' })).toThrow('--metrics-host needs an address')
  for (const port of ['x', '-1', '65536', '1.5', ''])
    expect(() => portNumber('--metrics-port', port)).toThrow(`--metrics-port ${port} is not a port`)
})

test('JSON is for collectors and tells more; both ways to ask for it mean the same', () => {
  expect(logOptions({})).toEqual({ level: 'warn', json: false })
  expect(logOptions({ 'log-format': 'json' })).toEqual({ level: 'info', json: true })
  expect(logOptions({ 'log-json': true })).toEqual({ level: 'info', json: true })
  expect(logOptions({ 'log-format': 'json', 'log-level': 'error' })).toEqual({ level: 'error', json: true })
  expect(logOptions({ 'log-format': 'text', 'log-level': 'debug' })).toEqual({ level: 'debug', json: false })
  expect(() => logOptions({ 'log-format': 'xml' })).toThrow('--log-format xml is neither json nor text')
  expect(() => logOptions({ 'log-format': 'text', 'log-json': true })).toThrow('exclude each other')
})

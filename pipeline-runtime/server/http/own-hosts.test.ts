import os from 'node:os'
import { expect, test } from 'vitest'
import { isLoopback, ownHosts, reachableHosts } from './own-hosts.ts'

test('a server on this machine alone has its loopback names, with its port', () => {
  expect([...ownHosts('127.0.0.1', 4870)]).toEqual(['localhost:4870', '127.0.0.1:4870', '[::1]:4870'])
  expect(ownHosts('127.0.0.5', 4870)).toContain('127.0.0.5:4870')
})

test('a server on one address has that one only', () => {
  expect([...ownHosts('192.168.7.7', 4870)]).toEqual(['192.168.7.7:4870'])
  expect([...ownHosts('Box.local', 80)]).toEqual(['box.local', 'box.local:80'])
})

test('a server on all addresses has those of the machine, and no other name', () => {
  const hosts = ownHosts('0.0.0.0', 4870)
  expect(hosts).toContain('localhost:4870')
  expect(hosts).toContain(`${os.hostname().toLowerCase()}:4870`)
  for (const name of reachableHosts('0.0.0.0')) expect(hosts).toContain(name.includes(':') ? `[${name}]:4870` : `${name}:4870`)
  expect(hosts).not.toContain('evil.example:4870')
  expect(hosts).not.toContain('0.0.0.0:4870')
})

test('which addresses are this machine alone', () => {
  expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].every(isLoopback)).toBe(true)
  expect(['0.0.0.0', '::', '192.168.1.1', '127.0.0.1.evil.example', 'localhost.evil.example'].some(isLoopback)).toBe(false)
})

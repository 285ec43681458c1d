import { expect, test } from 'vitest'
import { BootstrapError, checkNode } from './bootstrap.mjs'

test('a Node that is too old is refused with both versions and what to do', () => {
  for (const version of ['18.20.4', '20.19.0']) {
    expect(() => checkNode(version)).toThrow(BootstrapError)
    expect(() => checkNode(version)).toThrow(`Millrace needs Node 20.20 or newer, and this is Node ${version}. Install a newer one`)
  }
})

test('the lowest Node and newer ones pass', () => {
  for (const version of ['20.20.0', '20.21.3', '22.0.0', '24.1.0']) expect(() => checkNode(version)).not.toThrow()
})

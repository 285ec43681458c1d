import { expect, test } from 'vitest'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { isTablerIcon, kindIconNames } from './kind-icons.mjs'

test('the page holds the icon of every kind', () => {
  const held = kindIconNames()
  for (const { kind, icon } of kinds) {
    expect(held, `icon of ${kind}`).toContain(icon)
    expect(isTablerIcon(icon), `Tabler has ${icon}`).toBe(true)
  }
  expect(isTablerIcon('no-such-icon')).toBe(false)
})

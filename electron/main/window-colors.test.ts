import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { windowColors } from './window-colors.ts'

test('an empty window has the colours of the page', () => {
  const tokens = readFileSync(new URL('../../renderer/style/tokens.css', import.meta.url), 'utf8')
  const [light, dark] = [...tokens.matchAll(/--canvas: (#[0-9a-f]{6});/g)].map(([, color]) => color)
  expect(windowColors).toEqual({ light, dark })
})

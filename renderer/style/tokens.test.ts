import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

type Theme = Readonly<Record<string, string>>

/** The tokens of the rule that begins with a text, `from` its place in the file. */
function tokensOf(start: string, from = 0): Theme {
  const at = css.indexOf(start, from)
  if (at < 0) throw new Error(`tokens.css has no "${start}".`)
  const body = css.slice(css.indexOf('{', at) + 1, css.indexOf('}', at))
  return Object.fromEntries([...body.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value.trim()]))
}

const light = tokensOf(':root,\n:root[data-mantine-color-scheme="light"]')
const dark = tokensOf('\n:root[data-mantine-color-scheme="dark"]')
const high = tokensOf(':root', css.indexOf('prefers-contrast: more'))

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (bright + 0.05) / (dim + 0.05)
}

const surfaces = ['canvas', 'panel', 'card', 'hover', 'selected']

function token(theme: Theme, name: string): string {
  const value = theme[name]
  if (value === undefined || !/^#[0-9a-f]{6}$/i.test(value)) throw new Error(`--${name} is no colour: ${value}`)
  return value
}

/** The lowest against everything that it may stand on. */
const lowest = (theme: Theme, name: string, on = surfaces): number =>
  Math.min(...on.map((surface) => contrast(token(theme, name), token(theme, surface))))

const TEXT = 4.5
const LINE = 3
const HIGH = 6.9

const texts = ['text', 'text-2', 'text-3', 'accent', 'accent-hover', 'warn', 'error', 'ok']
const lines = ['focus', 'edge', 'border-strong', 'stripe-read', 'stripe-shape', 'stripe-summarise', 'stripe-combine', 'stripe-write']
const pairs = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['warn', 'warn-bg'],
  ['error', 'error-bg'],
] as const
const series = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6']

test('the formula gives what the standard gives', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

describe.each([
  ['light', light, TEXT, LINE],
  ['dark', dark, TEXT, LINE],
  ['high contrast', high, HIGH, HIGH],
] as const)('%s', (_name, theme, forText, forLines) => {
  test.each(texts)('--%s can be read on every surface', (name) => {
    expect(lowest(theme, name)).toBeGreaterThanOrEqual(forText)
  })
  test.each(lines)('--%s can be seen on every surface', (name) => {
    expect(lowest(theme, name)).toBeGreaterThanOrEqual(forLines)
  })
  test.each(pairs)('--%s can be read on --%s', (name, on) => {
    expect(lowest(theme, name, [on])).toBeGreaterThanOrEqual(forText)
  })
  test.each(series)('--%s can be seen on a card', (name) => {
    expect(lowest(theme, name, ['card'])).toBeGreaterThanOrEqual(forLines)
  })
})

test.each([
  ['text', 13.9, 10.8],
  ['text-2', 6.1, 6.4],
  ['text-3', 4.8, 4.8],
  ['accent', 5.1, 6.0],
  ['accent-hover', 6.9, 7.5],
  ['warn', 5.1, 7.2],
  ['error', 6.7, 5.3],
  ['ok', 5.1, 7.1],
  ['edge', 3.3, 3.3],
  ['border-strong', 3.2, 3.3],
  ['stripe-read', 4.7, 5.1],
  ['stripe-shape', 3.1, 3.6],
  ['stripe-summarise', 5.8, 6.0],
  ['stripe-combine', 3.7, 7.8],
  ['stripe-write', 13.9, 10.8],
])('--%s is at %d in light and %d in dark, as it was chosen', (name, inLight, inDark) => {
  // The figures were cut, not rounded, here and there.
  expect(Math.abs(lowest(light, name) - inLight)).toBeLessThan(0.1)
  expect(Math.abs(lowest(dark, name) - inDark)).toBeLessThan(0.1)
})

test('every token of a theme stands in the other themes, too', () => {
  const colours = (theme: Theme): string[] =>
    Object.keys(theme)
      .filter((name) => name !== 'shadow')
      .sort()
  expect(colours(dark)).toEqual(colours(light))
  expect(colours(high)).toEqual(colours(light))
})

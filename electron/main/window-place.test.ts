import { expect, test } from 'vitest'
import { besides, placeWindow } from './window-place.ts'

const main = { x: 0, y: 27, width: 1920, height: 1053 }
const right = { x: 1920, y: 0, width: 1280, height: 1024 }

test('the first window stands in the middle of the main screen', () => {
  expect(placeWindow(undefined, [main, right])).toEqual({ x: 240, y: 104, width: 1440, height: 900, maximized: false })
})

test('a window comes back where it was, on whichever screen', () => {
  const kept = { x: 2000, y: 100, width: 1100, height: 700, maximized: true }
  expect(placeWindow(kept, [main, right])).toEqual(kept)
})

test('a screen that is gone: the window comes to the main one', () => {
  const kept = { x: 2000, y: 100, width: 1100, height: 700, maximized: false }
  expect(placeWindow(kept, [main])).toEqual({ ...kept, x: 820, y: 100 })
})

test('never smaller than it can be used, never larger than its screen', () => {
  expect(placeWindow({ x: 10, y: 30, width: 200, height: 100, maximized: false }, [main])).toMatchObject({ width: 1024, height: 640 })
  expect(placeWindow({ x: 0, y: 0, width: 9000, height: 9000, maximized: false }, [main])).toEqual({ ...main, maximized: false })
})

test('a second window stands beside the first, and on the screen', () => {
  const first = { x: 100, y: 100, width: 1100, height: 700, maximized: false }
  expect(placeWindow(besides(first), [main])).toEqual({ ...first, x: 124, y: 124 })
  expect(placeWindow(besides({ ...first, x: 820, y: 380 }), [main])).toEqual({ ...first, x: 820, y: 380 })
})

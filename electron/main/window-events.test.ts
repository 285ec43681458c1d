import { expect, test } from 'vitest'
import { WindowEvents } from './window-events.ts'

test('what happened before anybody listened comes first', async () => {
  const events = new WindowEvents()
  events.send({ type: 'command', id: 'a' })
  expect(events.heard).toBe(false)
  const heard = events.listen(undefined)
  expect(await heard.next()).toEqual({ done: false, value: { type: 'command', id: 'a' } })
  expect(events.heard).toBe(true)
  events.send({ type: 'close-requested' })
  expect(await heard.next()).toEqual({ done: false, value: { type: 'close-requested' } })
})

test('a page that is gone is not waited for', async () => {
  const events = new WindowEvents()
  const gone = new AbortController()
  const heard = events.listen(gone.signal)
  const next = heard.next()
  gone.abort()
  expect(await next).toEqual({ done: true, value: undefined })
  expect(events.heard).toBe(false)
})

import { expect, test } from 'vitest'
import { createAnnouncer } from './announcer.ts'

/** What the regions showed, one after the other; `wait` lets the time pass after which the next text may come. */
function listen() {
  const heard: string[] = []
  const pending: (() => void)[] = []
  const region = (name: string) => ({ replaceChildren: (...texts: string[]) => void heard.push(`${name}: ${texts.join('')}`) })
  const announcer = createAnnouncer({ say: region('say'), alarm: region('alarm') }, (act) => void pending.push(act))
  const wait = (): void => {
    for (const act of pending.splice(0)) act()
  }
  return { announcer, heard, wait }
}

test('one is told at once, and those that come too quickly together with the next text: none is lost, none waits for another', () => {
  const { announcer, heard, wait } = listen()
  for (const text of ['Filter added.', 'Link deleted.', 'Renamed to Paid.']) announcer.say(text)
  expect(heard).toEqual(['say: Filter added.'])
  wait()
  expect(heard).toEqual(['say: Filter added.', 'say: Link deleted. Renamed to Paid.'])
  wait()
  announcer.say('Saved.')
  expect(heard.at(-1)).toBe('say: Saved.')
})

test('of the same kind the last one that waits is told', () => {
  const { announcer, heard, wait } = listen()
  for (const at of [1, 2, 3]) announcer.say(`${at} of 3`, 'active')
  announcer.say('1 problem.', 'problems')
  wait()
  expect(heard).toEqual(['say: 1 of 3', 'say: 3 of 3 1 problem.'])
})

test('a second alarm does not take the place of one that was not heard yet, and waits for nothing that is polite', () => {
  const { announcer, heard, wait } = listen()
  announcer.say('Run started.')
  announcer.alarm('The connection is lost.')
  announcer.alarm('The engine stopped.')
  expect(heard).toEqual(['say: Run started.', 'alarm: The connection is lost.'])
  wait()
  expect(heard.at(-1)).toBe('alarm: The engine stopped.')
})

test('the same text once more is another text for the screen reader', () => {
  const { announcer, heard, wait } = listen()
  for (let i = 0; i < 3; i++) {
    announcer.say('Nothing to undo.')
    wait()
    wait()
  }
  expect(heard).toEqual(['say: Nothing to undo.', 'say: Nothing to undo.\u00a0', 'say: Nothing to undo.'])
})

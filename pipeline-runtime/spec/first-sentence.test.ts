import { expect, test } from 'vitest'
import { firstSentence } from './first-sentence.ts'

test.each([
  ['Reads rows. From there.', 'Reads rows.'],
  ['Counts, at v1.5 and later. More.', 'Counts, at v1.5 and later.'],
  ['No full stop', 'No full stop'],
])('the first sentence of "%s"', (text, sentence) => {
  expect(firstSentence(text)).toBe(sentence)
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { writeDocument } from '../../pipeline-runtime/spec/write-document.ts'
import { examples, questionOf } from './examples.ts'

const folder = new URL('../../pipeline-runtime/examples/', import.meta.url)

test('every example has a card, in the order in which the questions lead on', () => {
  expect(examples.map(({ question }) => question)).toEqual([
    'What does each country spend, minute by minute?',
    'How much money does a live report miss?',
    'Is someone guessing passwords?',
    'Is the API slow for everybody?',
    'Which sensor is lying?',
  ])
  const files = readdirSync(folder).filter((file) => file.endsWith('.millrace.json'))
  expect(examples.map(({ name }) => `${name}.millrace.json`).sort()).toEqual(files.sort())
})

test.each(examples.map((example) => [example.name, example] as const))('%s opens as its file is, each time anew', (name, example) => {
  const text = readFileSync(new URL(`${name}.millrace.json`, folder), 'utf8')
  expect(writeDocument(example.open(), { kinds })).toBe(text)
  expect(example.open()).not.toBe(example.open())
})

test.each(examples.map(({ name, still }) => [name, still] as const))('the still of %s has something to show', (_name, still) => {
  expect(still.caption).toMatch(/\.$/)
  if (still.type === 'bars') expect(Math.max(...still.bars.map(({ share }) => share))).toBe(100)
  else {
    expect(still.lines.filter(({ marked }) => marked)).toHaveLength(1)
    expect(new Set(still.lines.map(({ values }) => values.length)).size).toBe(1)
    expect(Math.max(...still.lines.flatMap(({ values }) => values))).toBe(100)
  }
})

test('the question is the note up to its first question mark', () => {
  const note = (text: string) => ({ name: 'Name', notes: [{ text, x: 0, y: 0 }] })
  expect(questionOf(note('Why? Because.'))).toBe('Why?')
  expect(questionOf(note('No question.'))).toBe('No question.')
  expect(questionOf({ name: 'Name', notes: [] })).toBe('Name')
})

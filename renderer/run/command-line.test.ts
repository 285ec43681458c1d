import { expect, test } from 'vitest'
import { createDocumentStore } from '../state/document-store.ts'
import { createRunStore } from '../state/run-store.ts'
import { startCommandLine } from './command-line.ts'

const settings = createRunStore().getState().settings
const state = createDocumentStore().getState()
const saved = { ...state, place: { path: "/data/it's shop.millrace.json", name: '', folder: '' } }

test('names the file, the target and what differs from the document', () => {
  expect(startCommandLine(state, settings)).toBe('millrace run untitled.millrace.json --target sample')
  expect(startCommandLine(saved, { ...settings, stop: { type: 'end' }, start: { type: 'last', lastMs: 5_400_000 } })).toBe(
    "millrace run '/data/it'\\''s shop.millrace.json' --target sample --from -90m --until-end",
  )
  expect(startCommandLine(state, { ...settings, target: { type: 'local' } })).toBe('millrace run untitled.millrace.json --target local')
  const target = { type: 'kafka', name: 'shop', config: { bootstrap: 'a:9092,b:9092' } } as const
  const time = '2026-01-01T00:00:00.000Z'
  expect(startCommandLine(state, { ...settings, target, start: { type: 'earliest' }, stop: { type: 'time', time } })).toBe(
    `millrace run untitled.millrace.json --target a:9092,b:9092 --from earliest --to ${time}`,
  )
})

import { expect, test } from 'vitest'
import type { LogLine } from '../../pipeline-runtime/rpc/run-state.ts'
import { filterLines, logText, stepOfLine } from './log-lines.ts'

const line = (seq: number, level: LogLine['level'], message: string, details: Record<string, unknown> = {}): LogLine => {
  return { seq, timeMs: Date.UTC(2026, 0, 1, 0, 0, seq), level, message, details }
}
const lines = [
  line(0, 'info', 'run started'),
  line(1, 'warn', 'topic is missing', { node: 'revenue', topic: 'Shop' }),
  line(2, 'error', 'failed'),
]
const seqs = (found: readonly LogLine[]) => found.map(({ seq }) => seq)

test('lines by level and by text, in the details, too', () => {
  expect(seqs(filterLines(lines, { least: 'info', text: '' }))).toEqual([0, 1, 2])
  expect(seqs(filterLines(lines, { least: 'warn', text: '' }))).toEqual([1, 2])
  expect(seqs(filterLines(lines, { least: 'error', text: '' }))).toEqual([2])
  expect(seqs(filterLines(lines, { least: 'info', text: ' shop ' }))).toEqual([1])
})

test('the step of a line', () => {
  expect(lines.map(stepOfLine)).toEqual([undefined, 'revenue', undefined])
})

test('as text', () => {
  expect(logText(lines.slice(1), 'UTC')).toBe(
    '2026-01-01 00:00:01\tWarning\ttopic is missing\tnode: revenue\ttopic: Shop\n2026-01-01 00:00:02\tError\tfailed',
  )
})

import { expect, test } from 'vitest'
import { LogLines } from './log-lines.ts'
import { runLogs } from './run-logs.ts'

test('what a run says is on its page and in the log of the process, there with run and pipeline, and with more detail', () => {
  const logged: object[] = []
  const into = (level: string, fields: object) => (details: object, message: string) =>
    logged.push({ level, ...fields, ...details, message })
  const child = (fields: object) => ({
    debug: into('debug', fields),
    info: into('info', fields),
    warn: into('warn', fields),
    error: into('error', fields),
  })
  const lines = new LogLines()
  const log = runLogs(lines, { child }, { run: 'r1', pipeline: 'shop' })
  log.debug({ node: 'read', partition: 0 }, 'partition assigned')
  log.warn({ node: 'read', offset: 7 }, 'rows failed')
  log.error({ code: 'DISK_FULL', nodeId: 'save' }, 'The disk is full.')
  expect(logged).toEqual([
    { level: 'debug', run: 'r1', pipeline: 'shop', node: 'read', partition: 0, message: 'partition assigned' },
    { level: 'warn', run: 'r1', pipeline: 'shop', node: 'read', offset: 7, message: 'rows failed' },
    { level: 'error', run: 'r1', pipeline: 'shop', node: 'save', code: 'DISK_FULL', message: 'The disk is full.' },
  ])
  expect(lines.from(0, 10).map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'rows failed'],
    ['error', 'The disk is full.'],
  ])
})

test('without a log of the process only the page has them', () => {
  const lines = new LogLines()
  const log = runLogs(lines, undefined, { run: 'r1', pipeline: 'shop' })
  log.debug({}, 'saved')
  log.info({}, 'run started')
  expect(lines.total).toBe(1)
})

import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { runButton, stopButton } from '../running.ts'
import { openEmpty, runBar, type Screen, step } from '../screen.ts'
import { banner, expectPlainWords } from './fault-words.ts'

const ROWS = 2_000_000

function copying(from: string, to: string): string {
  return JSON.stringify({
    format: 1,
    kinds: { 'file-source': 1, 'file-sink': 1 },
    name: 'Copy',
    start: { type: 'earliest' },
    stop: { type: 'end' },
    nodes: [
      { id: 'orders', kind: 'file-source', title: 'Orders', config: { path: from, columns: [{ name: 'n', type: 'BIGINT' }] } },
      { id: 'copy', kind: 'file-sink', title: 'Copy of orders', config: { path: to } },
    ],
    edges: [{ from: 'orders.out', to: 'copy.in' }],
  })
}

/** A file that is cut off while it is read, one that is not there, one that is a folder: the step and the file are named, and a run goes on from there. */
export async function pullFilesAway({ page, folder, open }: Screen): Promise<void> {
  const file = path.join(folder, 'orders.jsonl')
  writeFileSync(file, '{"n":1}\n'.repeat(ROWS))
  writeFileSync(path.join(folder, 'copy.millrace.json'), copying('orders.jsonl', 'out.jsonl'))
  writeFileSync(path.join(folder, 'missing.millrace.json'), copying('nowhere.jsonl', 'out.jsonl'))
  writeFileSync(path.join(folder, 'unwritable.millrace.json'), copying('few.jsonl', 'no-such-folder/out.jsonl'))
  await openEmpty(page)

  await open('copy.millrace.json')
  await runButton(page).click()
  await expect(runBar(page).getByRole('progressbar')).toBeVisible()
  truncateSync(file, 0)
  const failed = banner(page, 'Run failed')
  await expect(failed).toContainText('Orders')
  await expect(failed).toContainText('orders.jsonl')
  await expect(failed).toContainText(/shorter|truncated|cut|changed/)
  await failed.getByRole('button', { name: 'Show the step' }).click()
  await expect(step(page, 'Orders')).toHaveAttribute('data-selected', '')
  await expectPlainWords(page)
  writeFileSync(file, '{"n":1}\n'.repeat(10))
  await runButton(page).click()
  await expect(runBar(page).getByText(/^finished after/)).toBeVisible()
  await expect(failed).toBeHidden()

  rmSync(file)
  await runButton(page).click()
  await expect(banner(page, 'Not started').or(banner(page, 'Run failed'))).toContainText('orders.jsonl')

  await open('missing.millrace.json')
  await runButton(page).click()
  await expect(banner(page, 'Not started').or(banner(page, 'Run failed'))).toContainText('nowhere.jsonl')
  await expect(stopButton(page)).toHaveCount(0)

  writeFileSync(path.join(folder, 'few.jsonl'), '{"n":1}\n')
  await open('unwritable.millrace.json')
  await runButton(page).click()
  await expect(banner(page, 'Not started').or(banner(page, 'Run failed'))).toContainText('no-such-folder')
  await expectPlainWords(page)
}

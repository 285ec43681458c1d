import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { countsAt, runButton } from '../running.ts'
import { dock, inspector, openEmpty, runBar, type Screen, step } from '../screen.ts'
import { banner, expectPlainWords } from './fault-words.ts'

/** Row 8 of 20 divides by zero, and a row that fails stops the run. */
export async function failOnARow({ page, folder, open }: Screen): Promise<void> {
  writeFileSync(path.join(folder, 'rows.jsonl'), Array.from({ length: 20 }, (_, n) => `${JSON.stringify({ n })}\n`).join(''))
  writeFileSync(
    path.join(folder, 'divide.millrace.json'),
    JSON.stringify({
      format: 1,
      kinds: { 'file-source': 1, filter: 1, 'table-sink': 1 },
      name: 'Divide',
      start: { type: 'earliest' },
      stop: { type: 'end' },
      nodes: [
        { id: 'rows', kind: 'file-source', title: 'Rows', config: { path: 'rows.jsonl', columns: [{ name: 'n', type: 'BIGINT' }] } },
        { id: 'share', kind: 'filter', title: 'Large share', config: { condition: '100 / (n - 7) > 0' } },
        { id: 'table', kind: 'table-sink', title: 'Result', config: {} },
      ],
      edges: [
        { from: 'rows.out', to: 'share.in' },
        { from: 'share.out', to: 'table.in' },
      ],
    }),
  )
  await openEmpty(page)
  await open('divide.millrace.json')
  await runButton(page).click()
  const failed = banner(page, 'Run failed')
  await expect(failed).toContainText('Large share')
  await expect(failed).toContainText('rows.jsonl')
  await expect(failed).toContainText('position 8')
  await expect(failed).toContainText('100 / 0 has no result')
  await expect(page.locator('#alarm')).toContainText('Run failed')
  await failed.getByRole('button', { name: 'Show the step' }).click()
  await expect(step(page, 'Large share')).toHaveAttribute('data-selected', '')
  await expect(step(page, 'Large share')).toHaveAttribute('data-state', 'failed')
  await expectPlainWords(page)
  await mendByProblem(page)
}

/** Among the problems the failure offers what to do with such rows; with "set aside" the run goes to its end. */
async function mendByProblem(page: Screen['page']): Promise<void> {
  await dock(page)
    .getByRole('tab', { name: /^Problems/ })
    .click()
  const problem = dock(page).getByRole('listitem').filter({ hasText: 'Large share' })
  await problem.getByRole('button', { name: /^Skip/ }).click()
  await expect(inspector(page).getByLabel('When a row fails', { exact: true })).toHaveValue(/^Skip|^skip/)
  await runButton(page).click()
  await expect(runBar(page).getByText(/^finished after/)).toBeVisible()
  await dock(page).getByRole('tab', { name: 'Data' }).click()
  const counts = await countsAt(page, 'Large share')
  expect(counts.In).toBe(20)
  // From 8 on: 100 / 1 to 100 / 12.
  expect(counts.Out).toBe(12)
  expect(counts.Removed).toBe(7)
}

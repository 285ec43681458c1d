import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { runButton } from '../running.ts'
import { canvas, dock, expectCount, inspector, openEmpty, type Screen, step } from '../screen.ts'
import { expectPlainWords, openInVain, renamePipeline } from './fault-words.ts'

const EXAMPLE = path.resolve(import.meta.dirname, '../../../pipeline-runtime/examples/purchases-per-country.millrace.json')

type Draft = { kinds: Record<string, number>; nodes: Record<string, unknown>[]; notes: unknown[] } & Record<string, unknown>

function example(change: (document: Draft) => void): string {
  const document: Draft = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
  change(document)
  return JSON.stringify(document)
}

const UNREADABLE: readonly (readonly [name: string, content: string | Buffer, words: RegExp])[] = [
  ['newer', example((d) => Object.assign(d, { format: 2 })), /newer Millrace[\s\S]*format 2; this Millrace reads up to format 1/],
  [
    'newer-kind',
    example((d) => Object.assign(d.kinds, { filter: 2 })),
    /newer Millrace[\s\S]*uses filter 2; this Millrace knows it up to version 1/,
  ],
  ['broken', '{ "format": 1,', /Not JSON at line 1, column 15/],
  ['empty', '', /The file is empty/],
  ['list', '[1, 2]', /JSON, but no document/],
  ['large', example((d) => d.notes.push({ text: 'x'.repeat(20 << 20), x: 0, y: 0 })), /has 20\.0 MB, and a document may have 10 MB/],
  ['picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8]), /is not text in UTF-8/],
  ['deep', example((d) => Object.assign(d, { notes: 0 })).replace('"notes":0', `"notes":${'['.repeat(50_000)}`), /more than 200 levels/],
]

/** Each is explained, and what was open, with a change that is not saved, stays. */
export async function openWhatCannotBeOpened(screen: Screen): Promise<void> {
  const { page, folder } = screen
  for (const [name, content] of UNREADABLE) writeFileSync(path.join(folder, `${name}.millrace.json`), content)
  await openEmpty(page)
  await renamePipeline(page, 'Still here')
  for (const [name, , words] of UNREADABLE) expect(await openInVain(screen, `${name}.millrace.json`), name).toMatch(words)
  await expect(inspector(page).getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Still here')
  await expect(page).toHaveTitle(/^• Still here/)
}

/** A step of a kind that this version does not know: shown, kept to the byte, and in the way of a run. */
export async function openUnknownKind({ page, folder, open }: Screen): Promise<void> {
  const file = path.join(folder, 'unknown.millrace.json')
  const odd = { odd: [1, { deep: true }] }
  writeFileSync(
    file,
    example((d) => {
      d.kinds.mystery = 3
      Object.assign(d.nodes[1] ?? {}, { kind: 'mystery', config: odd })
    }),
  )
  await openEmpty(page)
  await open('unknown.millrace.json')
  await expectCount(page, 4, 3)
  await expect(step(page, 'Only paid')).toContainText('is not known in this version')
  await runButton(page).click()
  await expect(dock(page).getByRole('list', { name: 'Problems' })).toContainText('no kind of step called "mystery"')
  await expect(page.locator('#say')).toContainText('Not started')
  await renamePipelineOf(page)
  await page.keyboard.press('Control+s')
  await expect.poll(() => JSON.parse(readFileSync(file, 'utf8')).name).toBe('Kept')
  const { kinds, nodes } = JSON.parse(readFileSync(file, 'utf8'))
  expect(kinds.mystery).toBe(3)
  expect(nodes[1]).toEqual({ id: 'paid', kind: 'mystery', title: 'Only paid', config: odd })
  await expectPlainWords(page)
}

async function renamePipelineOf(page: Screen['page']): Promise<void> {
  await canvas(page).focus()
  await page.keyboard.press('Escape')
  await canvas(page).click({ position: { x: 40, y: 40 } })
  await renamePipeline(page, 'Kept')
}

/** What is far too long for a card is shown at once all the same. */
export async function openEndlessTexts({ page, folder, open }: Screen): Promise<void> {
  writeFileSync(
    path.join(folder, 'endless.millrace.json'),
    example((d) => {
      d.notes.push({ text: 'long '.repeat(400_000), x: 0, y: -400 })
      Object.assign(d.nodes[1] ?? {}, { config: { condition: `${'('.repeat(20_000)}TRUE${')'.repeat(20_000)}` } })
    }),
  )
  await openEmpty(page)
  await open('endless.millrace.json')
  await expectCount(page, 4, 3)
  await expect(dock(page).getByRole('tab', { name: 'Problems' })).toContainText('1')
  await step(page, 'Only paid').click()
  await expect(inspector(page)).toContainText('More than 250 parts are nested')
}

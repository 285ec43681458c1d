import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expectPlainWords, openInVain, renamePipeline } from '../screen/faults/fault-words.ts'
import { openEmpty } from '../screen/screen.ts'
import { expect } from './desktop-app.ts'
import { copyOfExample } from './documents.ts'
import { test } from './screen-in-electron.ts'

const isRoot = process.getuid?.() === 0 && process.platform === 'linux'

test('a folder that is called like a document is explained', async ({ host }) => {
  mkdirSync(path.join(host.folder, 'folder.millrace.json'))
  await openEmpty(host.page)
  await renamePipeline(host.page, 'Still here')
  expect(await openInVain(host, 'folder.millrace.json')).toMatch(/folder/)
  await expect(host.page).toHaveTitle(/^• Still here/)
})

test('where the folder is gone, saving says so, and the document stays changed', async ({ host, folder }) => {
  const gone = path.join(host.folder, 'gone')
  mkdirSync(gone)
  const example = readFileSync(copyOfExample(folder, 'spend.millrace.json'))
  writeFileSync(path.join(gone, 'spend.millrace.json'), example)
  await openEmpty(host.page)
  await host.open('gone/spend.millrace.json')
  await renamePipeline(host.page, 'Not lost')
  rmSync(gone, { recursive: true })
  await saveInVain(host.page)
  mkdirSync(gone)
  await saveAgain(host.page, path.join(gone, 'spend.millrace.json'))
})

test('where the disk is full, saving says so, and what was on it stays whole', async ({ host, folder }) => {
  test.skip(!isRoot, 'only root can mount a small disk')
  const disk = path.join(host.folder, 'disk')
  mkdirSync(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', disk])
  try {
    const file = path.join(disk, 'spend.millrace.json')
    const before = readFileSync(copyOfExample(folder, 'spend.millrace.json'), 'utf8')
    writeFileSync(file, before)
    const filler = path.join(disk, 'filler')
    execFileSync('sh', ['-c', `dd if=/dev/zero of='${filler}' bs=4096 2>/dev/null || true`])
    await openEmpty(host.page)
    await host.open('disk/spend.millrace.json')
    await renamePipeline(host.page, 'Not lost')
    expect(await saveInVain(host.page)).toMatch(/full|no (room|space)/i)
    expect(readFileSync(file, 'utf8')).toBe(before)
    rmSync(filler)
    await saveAgain(host.page, file)
  } finally {
    execFileSync('umount', ['-l', disk])
  }
})

type Page = Parameters<typeof expectPlainWords>[0]

async function saveInVain(page: Page): Promise<string> {
  await page.keyboard.press('Control+s')
  const failure = page.getByRole('dialog').or(page.getByRole('alertdialog')).first()
  const button = page.getByRole('button', { name: /^(OK|Cancel)$/ })
  await expect(button).toBeVisible()
  const words = (await failure.textContent()) ?? ''
  await expectPlainWords(page)
  await button.click()
  await expect(page).toHaveTitle(/^• Not lost/)
  return words
}

async function saveAgain(page: Page, file: string): Promise<void> {
  await page.keyboard.press('Control+s')
  await expect(page).toHaveTitle(/^Not lost/)
  expect(JSON.parse(readFileSync(file, 'utf8')).name).toBe('Not lost')
}

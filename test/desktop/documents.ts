import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect } from './desktop-app.ts'

const EXAMPLE = path.resolve(import.meta.dirname, '../../pipeline-runtime/examples/purchases-per-country.millrace.json')

/** The first document of the gallery as a file of the user's, called as the file is. */
export function copyOfExample(folder: string, name: string): string {
  const file = path.join(folder, 'documents', name)
  const document = JSON.parse(readFileSync(EXAMPLE, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...document, name: name.replace('.millrace.json', '') }))
  return file
}

/** Presses Run and waits until rows pass. */
export async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Stop', exact: true }).first()).toBeVisible()
  await expect(page.getByRole('application')).toContainText(/\d\/s/)
}

export async function openEmpty(page: Page): Promise<void> {
  await page.getByText('Empty', { exact: true }).click()
  await expect(page.getByRole('application')).toBeVisible()
}

/** One act on the canvas: a note. */
export async function edit(page: Page): Promise<void> {
  await page.getByRole('application').focus()
  await page.keyboard.press('n')
  await page.keyboard.press('Escape')
  await page.getByRole('application').focus()
}

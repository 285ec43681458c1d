import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { testFolder } from './installation.ts'
import { packHeadless } from './packed.ts'

test.setTimeout(180_000)

const ROOT = path.resolve(import.meta.dirname, '../..')
const EXAMPLE = 'pipeline-runtime/examples/purchases-per-country.millrace.json'

test('the npm package, installed into an empty folder, is the command line with its page and without Electron', () => {
  const folder = path.join(testFolder(), 'empty')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', packHeadless()], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })

  const packages = readdirSync(path.join(folder, 'node_modules'))
  expect(packages).toContain('millrace')
  expect(packages.filter((name) => /electron|react|vite|mantine|typescript|playwright/.test(name))).toEqual([])

  const example = path.join(folder, 'node_modules/millrace', EXAMPLE)
  const ran = millrace(folder, ['run', example, '--until-end', '--json'])
  expect(ran.status, ran.stderr).toBe(0)
  const here = [path.join(ROOT, 'build/millrace.mjs'), 'run', path.join(ROOT, EXAMPLE), '--until-end', '--json']
  expect(ran.stdout).toBe(execFileSync(process.execPath, here, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  expect(millrace(folder, ['validate', path.join(folder, 'package.json')]).status).toBe(1)
  expect(readdirSync(path.join(folder, 'node_modules/millrace/dist/renderer'))).toContain('index.html')
})

function millrace(
  folder: string,
  args: readonly string[],
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(path.join(folder, 'node_modules/.bin/millrace'), [...args], { cwd: folder, encoding: 'utf8' })
}

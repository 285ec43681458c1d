import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { LEAKS } from '../../build/checks/leaks.mjs'
import { DEB, testFolder } from './installation.ts'
import { packHeadless } from './packed.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Ours; the rest is as others published it, and is searched for what only this machine can have put in. */
const OURS = /(^|\/)(dist|docs|examples|usr|build|pipeline-runtime|DEBIAN)\/|\/(millrace|package\.json|README\.md|CHANGELOG\.md)$/
/** Their texts name where they come from. */
const OF_OTHERS = /(^|\/)node_modules\/|\/licences\/|\/resources\/kafka\//

test.setTimeout(180_000)

test('the search finds what is planted', () => {
  const folder = path.join(testFolder(), 'planted')
  mkdirSync(path.join(folder, 'dist'), { recursive: true })
  writeFileSync(path.join(folder, 'dist/a.js'), `const token = 'gh${'p_'}abcdefghijklmnopqrstuvwxyz0123456789'`)
  writeFileSync(path.join(folder, 'program'), Buffer.from(`\0\0${ROOT}/x\0`))
  expect([...leaksIn(folder)].sort()).toEqual(['dist/a.js: secret', `program: ${ROOT}`])
})

test('the desktop package holds no secret, no host of a registry and no path of this machine', async () => {
  const { extractAll } = await import('@electron/asar')
  const folder = path.join(testFolder(), 'searched')
  execFileSync('dpkg-deb', ['-R', DEB, folder])
  extractAll(path.join(folder, 'opt/millrace/resources/app.asar'), path.join(folder, 'opt/millrace/app'))
  expect(leaksIn(folder)).toEqual([])
})

test('nor does the npm package', () => {
  const folder = path.join(testFolder(), 'searched-npm')
  mkdirSync(folder)
  execFileSync('tar', ['xzf', packHeadless(), '-C', folder])
  expect(leaksIn(folder)).toEqual([])
})

function leaksIn(folder: string): readonly string[] {
  const needles = ofThisMachine()
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    if (!lstatSync(path.join(folder, file)).isFile()) return []
    const bytes = readFileSync(path.join(folder, file))
    const found = needles.filter((needle) => bytes.includes(needle))
    const ours = OURS.test(file) && !OF_OTHERS.test(file) && !bytes.includes(0)
    const text = ours ? bytes.toString('utf8') : ''
    const rules = LEAKS.flatMap(([rule, pattern]) => (text.split('\n').some((line) => pattern.test(line)) ? [rule] : []))
    return [...rules, ...found].map((leak) => `${file}: ${leak}`)
  })
}

/** This checkout, the home of who builds it, the registries that its tools use, and what its environment calls a secret. */
function ofThisMachine(): readonly string[] {
  const secrets = Object.entries(process.env).flatMap(([name, value]) =>
    /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY/i.test(name) && value !== undefined && value.length >= 8 ? [value] : [],
  )
  const registry = new URL(execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', cwd: ROOT }).trim()).host
  const publicRegistry = registry.endsWith('npm' + 'js.org')
  const home = os.homedir()
  // Files of others may speak of the home of root, and of the registry that everybody uses.
  return [ROOT, ...(home.split('/').length > 2 ? [`${home}/`] : []), ...(publicRegistry ? [] : [registry]), ...secrets]
}

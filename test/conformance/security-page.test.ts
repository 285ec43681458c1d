import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { electronBuilderConfig } from '../../build/config/electron-builder.mjs'

// docs/SECURITY.md promises much. What it names is there.

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(path.join(root, 'docs/SECURITY.md'), 'utf8')

/** `file`: *title* */
const NAMED_TEST = /`([\w/.-]+\.test\.ts)`:\s+\*([^*]+)\*/g

test('every test that the page names is there', () => {
  const named = [...page.matchAll(NAMED_TEST)].map(([, file = '', title = '']) => ({
    file,
    title: title.replaceAll(/\s+/g, ' ').replaceAll('\\_', '_'),
  }))
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter(({ file, title }) => !titlesIn(file).has(title))).toEqual([])
})

test('every other file that the page names is there', () => {
  const files = [...page.matchAll(/`([\w-]+\/[\w/.-]+\.\w+)`/g)].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(40)
  expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
})

test('the checklist of Electron has its twenty points, each with a test or a word why there is none', () => {
  const [, list = ''] = page.split("## Electron's checklist")
  const points = list.split(/^\d+\. /m).slice(1)
  expect(points).toHaveLength(20)
  const bare = points.filter((point) => point.match(NAMED_TEST) === null && !point.includes('No test'))
  expect(bare).toEqual([])
})

test('the app opens nothing in other programs but its own guide', () => {
  const sources = filesBelow('electron')
  expect(sources).toContain('electron/main/main.ts')
  expect(sources.filter((file) => /openExternal|openPath|showItemInFolder/.test(read(file)))).toEqual(['electron/main/guide.ts'])
  const guide = read('electron/main/guide.ts')
  expect(guide).toContain('const file = firstPage()\n')
  expect(guide.match(/open(External|Path)\(.*\)/g)).toEqual(['openPath(file)', 'openExternal(pathToFileURL(file).href)'])
})

test('the fuses of a package are those that the page names', () => {
  const { electronFuses } = electronBuilderConfig({
    electron: { folder: '', version: '' },
    output: '',
    kafka: '',
    guide: '',
    icons: '',
    afterPack: () => Promise.resolve(),
  })
  expect(electronFuses).toEqual({
    runAsNode: true,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
})

/** Titles of `test`, `it` and of the tables of `flows`, as they are written. */
function titlesIn(file: string): ReadonlySet<string> {
  if (!existsSync(path.join(root, file))) return new Set()
  const written = [...read(file).matchAll(/(['"`])((?:\\.|(?!\1)[^\\\n])+)\1/g)]
  return new Set(written.map(([, , text = '']) => text.replaceAll(/\\(.)/g, '$1')))
}

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(file) : file.endsWith('.ts') ? [file] : []
  })
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

import { existsSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkElectronTypes, types } from './electron-types.mjs'

const planted = path.join(path.dirname(types), 'planted.ts')
afterEach(() => rmSync(planted, { force: true }))

// The types are fetched by `npm test`; a unit test fetches nothing.
test.skipIf(!existsSync(types))('what a later Electron added does not compile, what both have does', { timeout: 60_000 }, () => {
  writeFileSync(
    planted,
    `import { app, session } from 'electron'
const name: string = app.getName()
session.defaultSession.registerPreloadScript({ type: 'frame', filePath: name })
`,
  )
  expect(checkElectronTypes(planted)).toEqual([expect.stringMatching(/planted\.ts\(3,.*'registerPreloadScript' does not exist/)])
})

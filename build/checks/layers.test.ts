import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkLayers, ruleNames } from './layers.mjs'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A tree of files, each with a line that makes it a module. */
function plant(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'millrace-layers-')))
  folders.push(folder)
  const root = path.join(folder, 'project')
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `${text}\nexport const here = 1\n`)
  }
  return root
}

const importing = (from: string, to: string): string => {
  const relative = path.posix.relative(path.posix.dirname(from), to)
  return `import { here as there } from '${relative.startsWith('.') ? relative : `./${relative}`}'\nexport { there }`
}

/** One file that imports another one of the tree. */
const pair = (from: string, to: string): Record<string, string> => ({ [from]: importing(from, to), [to]: '' })

const library = (from: string, name: string): Record<string, string> => ({ [from]: `import * as there from '${name}'\nexport { there }` })

const R = 'pipeline-runtime'

const planted: Readonly<Record<string, readonly Record<string, string>[]>> = {
  'no-cycles': [
    {
      [`${R}/spec/a.ts`]: importing(`${R}/spec/a.ts`, `${R}/spec/b.ts`),
      [`${R}/spec/b.ts`]: importing(`${R}/spec/b.ts`, `${R}/spec/a.ts`),
    },
    {
      [`${R}/spec/a.ts`]: "import type { B } from './b.ts'\nexport type A = B",
      [`${R}/spec/b.ts`]: "import type { A } from './a.ts'\nexport type B = A | 1",
    },
  ],
  'pure-imports-pure': [
    pair(`${R}/compiler/compile.ts`, `${R}/runner/run.ts`),
    pair(`${R}/nodes/filter/operator.ts`, `${R}/connectors/files/read.ts`),
    pair(`${R}/connectors/kafka/connection.ts`, `${R}/connectors/kafka/log.ts`),
    pair(`${R}/samples/shape.ts`, `build/generate/generate.ts`),
  ],
  'contracts-import-pure-libraries': [library(`${R}/rpc/api.ts`, '@orpc/server'), library(`${R}/rpc/api.ts`, 'node:fs')],
  'pure-imports-pure-libraries': [
    library(`${R}/compiler/compile.ts`, '@orpc/contract'),
    library(`${R}/data/value.ts`, 'node:fs'),
    library(`${R}/engine/task.ts`, 'pino'),
    library(`${R}/nodes/filter/definition.ts`, 'crypto'),
    library(`${R}/expressions/parse.ts`, '@lezer/generator'),
  ],
  'renderer-imports-pure': [pair('renderer/run/run.ts', `${R}/runner/run.ts`), pair('renderer/app/app.ts', 'electron/preload/preload.ts')],
  'runtime-imports-no-shell': [
    library(`${R}/runner/run.ts`, 'electron'),
    pair(`${R}/cli/main.ts`, 'renderer/state/state.ts'),
    pair(`${R}/server/server.ts`, 'electron/main/main.ts'),
  ],
  'node-kinds-stay-apart': [pair(`${R}/nodes/filter/operator.ts`, `${R}/nodes/select/columns.ts`)],
  'definition-imports-no-operator': [
    pair(`${R}/nodes/filter/definition.ts`, `${R}/nodes/filter/operator.ts`),
    pair(`${R}/nodes/catalog.ts`, `${R}/nodes/operators.ts`),
  ],
  'main-process-imports-no-engine': [pair('electron/main/main.ts', `${R}/engine/task.ts`)],
  'engine-imports-no-connector': [pair(`${R}/engine/task.ts`, `${R}/connectors/connections.ts`)],
  'engine-takes-types-of-the-log-port': [pair(`${R}/engine/task.ts`, `${R}/connectors/log-port.ts`)],
  'react-flow-only-in-canvas': [library('renderer/inspector/form.ts', '@xyflow/react')],
  'kafkajs-only-in-connector': [library(`${R}/runner/run.ts`, 'kafkajs'), library(`${R}/connectors/memory/log.ts`, 'kafkajs')],
  'nothing-from-outside': [pair(`${R}/runner/run.ts`, '../shared/design.ts')],
  'code-imports-no-tests': [
    pair(`${R}/runner/run.ts`, `${R}/runner/run.test.ts`),
    pair(`${R}/runner/run.ts`, 'test/integration/fixture.ts'),
  ],
}

test('every rule is planted', () => {
  expect(Object.keys(planted).sort()).toEqual([...ruleNames].sort())
})

describe.each(Object.entries(planted))('%s', (rule, trees) => {
  test.each(trees.map((tree) => [Object.keys(tree)[0] ?? '', tree] as const))('is found in %s, and nothing else', async (_name, tree) => {
    const { violations } = await checkLayers(plant(tree))
    expect([...new Set(violations.map((violation) => violation.rule))]).toEqual([rule])
  })
})

test('what is allowed passes', async () => {
  const tree = {
    ...pair(`${R}/nodes/filter/operator.ts`, `${R}/nodes/shared/columns.ts`),
    ...pair(`${R}/nodes/filter/filter.test.ts`, `${R}/runner/run.ts`),
    ...pair('renderer/state/state.ts', `${R}/nodes/catalog.ts`),
    ...library('renderer/canvas/canvas.ts', '@xyflow/react'),
    ...library(`${R}/connectors/kafka/cluster.ts`, 'kafkajs'),
    ...library(`${R}/spec/document.ts`, 'zod'),
    ...library(`${R}/expressions/functions.ts`, '@noble/hashes/sha2.js'),
    [`${R}/engine/task.ts`]: "import type { LogPort } from '../connectors/log-port.ts'\nexport type Port = LogPort",
    [`${R}/connectors/log-port.ts`]: 'export interface LogPort { close(): void }',
  }
  const { modules, violations } = await checkLayers(plant(tree))
  expect(violations).toEqual([])
  expect(modules).toBeGreaterThan(8)
})

test('an empty tree is seen as one without modules', async () => {
  expect(await checkLayers(plant({ 'docs/readme.ts': '' }))).toEqual({ modules: 0, violations: [] })
})

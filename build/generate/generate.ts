import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { functionsPage } from '../../pipeline-runtime/expressions/expressions.ts'
import { metricsPage } from '../../pipeline-runtime/operations/metrics-page.ts'
import { generate as galleryStills } from './gallery-stills.ts'
import { generate as jsonSchemas } from './json-schemas.ts'
import { generate as nodeReference } from './node-reference.ts'
import { generate as problemCodes } from './problem-codes.ts'

// Writes all files that are made from definitions: `node dist/build/generate/generate.js [--check | --list]`.
// The parser of expressions is written by grammar.mjs, since this code could not be built without it.

export interface GeneratedFile {
  /** From the root of the project, with slashes. */
  readonly path: string
  readonly text: string
}

const generators: readonly (() => readonly GeneratedFile[] | Promise<readonly GeneratedFile[]>)[] = [
  jsonSchemas,
  nodeReference,
  problemCodes,
  () => [{ path: 'docs/reference/functions.md', text: functionsPage() }],
  () => [{ path: 'docs/operations/metrics.md', text: metricsPage() }],
  () => galleryStills(`${root}/pipeline-runtime/examples/`),
]

/** From dist/build/generate/. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')

async function main(option: string | undefined): Promise<number> {
  const files = (await Promise.all(generators.map((generate) => generate()))).flat()
  if (option === '--list') {
    for (const file of files) console.log(file.path)
    return 0
  }
  const stale = files.filter((file) => readIfThere(file.path) !== file.text)
  if (option === '--check') {
    for (const file of stale) console.error(`${file.path} is not what the code gives`)
    if (stale.length > 0) console.error('Run: npm run generate')
    else console.log(`generated: ${files.length} files are up to date`)
    return stale.length > 0 ? 1 : 0
  }
  for (const file of stale) {
    const target = path.join(root, file.path)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, file.text)
    console.log(`wrote ${file.path}`)
  }
  if (stale.length === 0) console.log(`${files.length} generated files are up to date`)
  return 0
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(path.join(root, file), 'utf8')
  } catch {
    return undefined
  }
}

process.exitCode = await main(process.argv[2])

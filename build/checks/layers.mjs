// check:layers, first half: who imports whom, by build/config/dependency-cruiser.cjs.
// Run from anywhere: `node build/checks/layers.mjs`.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'

const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const { forbidden, options } = createRequire(import.meta.url)('../config/dependency-cruiser.cjs')
const { enhancedResolveOptions, ...cruiseOptions } = options

const FOLDERS = ['pipeline-runtime', 'renderer', 'electron', 'build', 'test']

export const ruleNames = forbidden.map((rule) => rule.name)

/** All violations below `root`, and how many of our modules were seen. */
export async function checkLayers(root) {
  const folders = FOLDERS.filter((folder) => existsSync(path.join(root, folder)))
  if (folders.length === 0) return { modules: 0, violations: [] }
  const { output } = await cruise(
    folders,
    { ...cruiseOptions, ruleSet: { forbidden }, validate: true, baseDir: root },
    { ...enhancedResolveOptions },
  )
  const violations = output.summary.violations.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    from,
    to,
    via: cycle?.map((step) => step.name) ?? [],
  }))
  const modules = output.modules.filter(({ source }) => FOLDERS.includes(source.split('/')[0]) && source.endsWith('.ts')).length
  return { modules, violations }
}

async function main() {
  const { modules, violations } = await checkLayers(projectRoot)
  if (modules === 0) {
    // dependency-cruiser with a TypeScript that it cannot read says "no violations" of nothing.
    console.error('check:layers saw no module: dependency-cruiser and typescript do not fit together.')
    return 1
  }
  for (const { rule, from, to, via } of violations) {
    console.error(
      `${from}: ${rule}: imports ${via.length > 0 ? via.join(' -> ') : to}\n    ${forbidden.find(({ name }) => name === rule)?.comment}`,
    )
  }
  if (violations.length > 0) return 1
  console.log(`layers: ${modules} modules, ${ruleNames.length} rules, no violation`)
  return 0
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = await main()

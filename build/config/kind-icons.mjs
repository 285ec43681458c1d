import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const NODES = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../pipeline-runtime/nodes')
const MODULE = 'virtual:kind-icons'

/** `chart-histogram` → `IconChartHistogram`, as Tabler's package names it. */
function iconExport(name) {
  return `Icon${name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`
}

/** Names of the icons that the definitions of all kinds ask for. */
export function kindIconNames(folder = NODES) {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return []
    try {
      const text = readFileSync(path.join(folder, entry.name, 'definition.ts'), 'utf8')
      return [...text.matchAll(/^\s*icon: '([a-z0-9-]+)'/gm)].map((match) => match[1])
    } catch {
      return []
    }
  })
  return [...new Set(names)].sort()
}

/** Whether Tabler's package has it. */
export function isTablerIcon(name) {
  try {
    createRequire(import.meta.url).resolve(`@tabler/icons-react/icons/${iconExport(name)}`)
    return true
  } catch {
    return false
  }
}

/**
 * `virtual:kind-icons`: the icons of the catalogue's kinds and no others, so that a new kind brings its icon by naming it in its
 * definition, and the page does not hold the six thousand that nobody asks for.
 */
export function kindIcons() {
  return {
    name: 'kind-icons',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined
      const names = kindIconNames().filter((name) => {
        const known = isTablerIcon(name)
        if (!known) this.warn(`Tabler has no icon "${name}"; its kind is shown with that of its category.`)
        return known
      })
      const imports = names.map((name) => `import { ${iconExport(name)} } from '@tabler/icons-react'`)
      return `${imports.join('\n')}\nexport const kindIcons = { ${names.map((name) => `'${name}': ${iconExport(name)}`).join(', ')} }\n`
    },
  }
}

// npm run site: a static site of docs/, which needs no server and works under any address.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import MiniSearch from 'minisearch'
import { renderPage } from './markdown.mjs'
import { framed } from './page-frame.mjs'
import { navigation, PAGES_OF_THE_ROOT } from './reading-order.mjs'

const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
/** How the index is made and read. */
const INDEX_OPTIONS = { fields: ['page', 'heading', 'text'], storeFields: ['page', 'heading', 'text'] }
/** In the navigation, where the title of the page would say what stands above it once more. */
const TITLES = { 'docs/index.md': 'Start here', 'docs/reference/nodes/index.md': 'All kinds of steps' }
/** Of what the site carries that others made. */
const LICENCES = [
  ['inter', '@fontsource-variable/inter/LICENSE'],
  ['jetbrains-mono', '@fontsource-variable/jetbrains-mono/LICENSE'],
  ['minisearch', 'minisearch/LICENSE.txt'],
]
const own = path.join(projectRoot, 'build/site/page')

/**
 * Writes the site of `root`'s docs into the folder `out`, which is emptied. Throws with every dead link where there is one.
 * @param {string} root
 * @param {string} out
 */
export function buildSite(root, out) {
  const files = filesBelow(root, 'docs')
  const sources = [
    ...files.filter((file) => file.endsWith('.md')),
    ...PAGES_OF_THE_ROOT.filter((file) => existsSync(path.join(root, file))),
  ]
  const pages = new Map(sources.map((file) => [file, page(root, file)]))
  const dead = deadLinks(pages, files)
  if (dead.length > 0) throw new Error(`The site would have dead links:\n${dead.join('\n')}`)

  rmSync(out, { recursive: true, force: true })
  const sections = navigation(pages)
  const titleOf = (file) => TITLES[file] ?? pages.get(file)?.title ?? file
  for (const [file, rendered] of pages) {
    const target = addressOf(file)
    const up = rootFrom(target)
    write(out, target, framed({ file, ...rendered }, { sections, titleOf, address: (meant) => up + addressOf(meant), root: up }))
  }
  for (const file of files.filter((name) => !name.endsWith('.md'))) cpSync(path.join(root, file), path.join(out, addressOf(file)))
  write(out, 'assets/search-index.js', searchIndex(pages, titleOf))
  writeAssets(out)
  return { pages: pages.size, files: files.length }
}

function page(root, file) {
  const up = rootFrom(addressOf(file))
  return renderPage(readFileSync(path.join(root, file), 'utf8'), {
    file,
    address: (meant) => up + addressOf(meant),
    pictureSize: (picture) => pngSize(path.join(root, picture)),
  })
}

/** Where a file of the project is on the site. */
function addressOf(file) {
  const name = file.replace(/^docs\//, '').replace(/\/$/, '/index.md')
  return name.replace(/\.md$/, '.html')
}

function rootFrom(address) {
  return '../'.repeat(address.split('/').length - 1)
}

function deadLinks(pages, files) {
  const anchors = new Map([...pages].map(([file, { headings }]) => [file, new Set(headings.map(({ id }) => id))]))
  const isThere = (target) => {
    const [file = '', hash] = target.split('#')
    const known = anchors.get(file.endsWith('/') ? `${file}index.md` : file)
    if (known === undefined) return files.includes(file)
    return hash === undefined || known.has(hash)
  }
  return [...pages].flatMap(([file, { targets }]) => targets.filter((target) => !isThere(target)).map((target) => `  ${file}: ${target}`))
}

function searchIndex(pages, titleOf) {
  const index = new MiniSearch(INDEX_OPTIONS)
  for (const [file, { parts }] of pages) {
    const title = titleOf(file)
    for (const { id, heading, text } of parts) {
      const href = addressOf(file) + (id === '' ? '' : `#${id}`)
      index.add({ id: href, page: title, heading: id === '' ? title : heading, text })
    }
  }
  return `window.millraceIndex = ${JSON.stringify({ options: INDEX_OPTIONS, index })}\n`
}

function writeAssets(out) {
  const tokens = readFileSync(path.join(projectRoot, 'renderer/style/tokens.css'), 'utf8')
  const fonts = readFileSync(path.join(own, 'fonts.css'), 'utf8')
  const styles = ['text', 'frame', 'print'].map((name) => readFileSync(path.join(own, `${name}.css`), 'utf8'))
  write(out, 'assets/site.css', [fonts, followSystem(tokens), ...styles].join('\n'))
  for (const [, name, family] of fonts.matchAll(/url\("\.\/((inter|jetbrains-mono)-[\w-]+\.woff2)"\)/g))
    cpSync(
      path.join(projectRoot, 'node_modules/@fontsource-variable', family ?? '', 'files', name ?? ''),
      path.join(out, 'assets', name ?? ''),
    )
  for (const [name, file] of LICENCES) cpSync(path.join(projectRoot, 'node_modules', file), path.join(out, 'assets', `${name}.licence.txt`))
  // Plain scripts: a browser loads no module from a file.
  for (const script of ['colours', 'page'])
    write(out, `assets/${script}.js`, `{\n${readFileSync(path.join(own, `${script}.mjs`), 'utf8')}}\n`)
  const library = readFileSync(path.join(projectRoot, 'node_modules/minisearch/dist/umd/index.js'), 'utf8')
  write(out, 'assets/minisearch.js', library.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'))
  cpSync(path.join(projectRoot, 'build/package/icon/icon-small.svg'), path.join(out, 'assets/icon.svg'))
}

/** The tokens know dark by an attribute that a script sets; the site is dark without a script, too, and paper is always light. */
function followSystem(tokens) {
  const ruleOf = (scheme) => {
    const rule = new RegExp(`:root\\[data-mantine-color-scheme="${scheme}"\\] (\\{[^}]*\\})\\n`).exec(tokens)
    if (rule === null) throw new Error(`renderer/style/tokens.css has no rule for ${scheme} any more; the documentation site needs it.`)
    return { colours: rule[1], end: rule.index + rule[0].length }
  }
  const dark = ruleOf('dark')
  const system = `@media (prefers-color-scheme: dark) {\n:root ${dark.colours}\n}`
  const paper = `@media print {\n:root:root ${ruleOf('light').colours}\n}`
  return `${tokens.slice(0, dark.end)}\n${system}\n${tokens.slice(dark.end)}\n${paper}\n`
}

/** Of a PNG file; undefined where there is none. */
function pngSize(file) {
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function filesBelow(root, folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(root, file) : [file]
  })
}

function write(out, name, text) {
  const target = path.join(out, name)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
}

function main() {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  const out = path.resolve(values.out ?? path.join(projectRoot, 'dist/site'))
  const { pages } = buildSite(projectRoot, out)
  console.log(`site: ${pages} pages in ${path.relative(process.cwd(), out) || out}; open ${path.join(out, 'index.html')}`)
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main()

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import MiniSearch, { type AsPlainObject, type Options } from 'minisearch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSite } from './build-site.mjs'
import { renderPage } from './markdown.mjs'
import { SECTIONS } from './reading-order.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
let folder = ''
let pages: readonly string[] = []

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'millrace-site-'))
  buildSite(root, path.join(folder, 'site'))
  pages = filesBelow(path.join(folder, 'site')).filter((file) => file.endsWith('.html'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the site', () => {
  it('has a page for each document, and each in its navigation once', () => {
    const documents = filesBelow(path.join(root, 'docs')).filter((file) => file.endsWith('.md'))
    expect(pages).toHaveLength(documents.length + 2)
    const [navigation = ''] = /<nav class="pages"[\s\S]*?<\/nav>/.exec(read('index.html')) ?? []
    const linked = [...navigation.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
    expect([...linked].sort()).toEqual([...pages].sort())
  })

  it('names no page in its order that is not there', () => {
    const named = SECTIONS.flatMap((section) => [section, ...(section.groups ?? [])]).flatMap(({ first }) => first)
    expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([])
  })

  it('links to nothing that is not there, and to everything from where it is', () => {
    const dead = pages.flatMap((page) =>
      linksOf(read(page)).flatMap(({ href, loads }) => {
        if (/^https?:/.test(href)) return loads ? [`${page} loads ${href}`] : []
        const [file = '', hash] = decodeURI(href).split('#')
        const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file)
        if (href.startsWith('/') || !existsSync(path.join(folder, 'site', target))) return [`${page}: ${href}`]
        return hash === undefined || read(target).includes(` id="${hash}"`) ? [] : [`${page}: ${href}`]
      }),
    )
    expect(dead).toEqual([])
  })

  it('has everything that its styles load', () => {
    const styles = read('assets/site.css')
    const files = [...styles.matchAll(/url\("?([^")]+)"?\)/g)].map(([, file = '']) => file)
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect(existsSync(path.join(folder, 'site/assets', file)), file).toBe(true)
  })

  it('finds words of a page by its index', () => {
    const text = read('assets/search-index.js').replace('window.millraceIndex = ', '')
    const { options, index } = JSON.parse(text) as { options: Options; index: AsPlainObject } // What the build wrote.
    const search = MiniSearch.loadJS(index, options)
    const found = (words: string) => search.search(words, { prefix: true, combineWith: 'AND' }).map(({ id }) => String(id))
    expect(found('boundedDelayMs')).toContain('reference/nodes/kafka-source.html#settings')
    expect(found('screen reader')).toContain('guide/keyboard.html')
    expect(found('no-such-word-anywhere')).toEqual([])
  })
})

describe('a page', () => {
  const render = (text: string) =>
    renderPage(text, {
      file: 'docs/guide/a.md',
      address: (file) => `../${file.replace('docs/', '').replace('.md', '.html')}`,
      pictureSize: (file) => (file === 'docs/img/missing.png' ? undefined : { width: 2, height: 1 }),
    })

  it('links where the site has the file, and names its headings as GitHub does', () => {
    const page = render(
      '# A\n\n## Sooner or `later`?\n\n[b](../reference/b.md#c) [here](#sooner-or-later) [out](https://example.com/)\n\n## `<>`',
    )
    expect(page.title).toBe('A')
    expect(page.html).toContain('<h2 id="sooner-or-later">')
    expect(page.html).toContain('<a href="../reference/b.html#c">')
    expect(page.html).toContain('<a href="#sooner-or-later">')
    expect(page.headings.map(({ id }) => id)).toEqual(['', 'sooner-or-later', 'sign-60-62'])
    expect(page.targets).toEqual(['docs/reference/b.md#c', 'docs/guide/a.md#sooner-or-later'])
  })

  it('shows a picture in the colours of the page, and misses none silently', () => {
    expect(render('![A chart](../img/x-light.png)').html).toBe(
      '<p><img class="in-light" src="../img/x-light.png" alt="A chart" width="2" height="1" loading="lazy">' +
        '<img class="in-dark" src="../img/x-dark.png" alt="A chart" width="2" height="1" loading="lazy"></p>\n',
    )
    expect(() => render('![A chart](../img/missing.png)')).toThrow('docs/guide/a.md: the picture docs/img/missing.png is not there')
  })

  it('has no empty heading cells, which say nothing to a screen reader', () => {
    expect(render('| | b |\n|---|---|\n| c | d |').html).toContain('<tr>\n<td></td>\n<th>b</th>\n</tr>')
    expect(render('| | |\n|---|---|\n| c | d |').html).not.toContain('thead')
  })
})

it('a dead link ends the build and is named with its page, all at once', () => {
  const project = path.join(folder, 'project')
  mkdirSync(path.join(project, 'docs'), { recursive: true })
  writeFileSync(path.join(project, 'docs/index.md'), '# A\n\n[b](b.md) [c](#c) [d](#d)\n\n## D\n')
  expect(() => buildSite(project, path.join(folder, 'out'))).toThrow(
    'The site would have dead links:\n  docs/index.md: docs/b.md\n  docs/index.md: docs/index.md#c',
  )
})

function read(file: string): string {
  return readFileSync(path.join(folder, 'site', file), 'utf8')
}

function linksOf(html: string): { readonly href: string; readonly loads: boolean }[] {
  return [...html.matchAll(/<(a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"/g)].map(([, tag, href = '']) => ({
    href,
    loads: tag !== 'a',
  }))
}

function filesBelow(at: string, below = ''): string[] {
  return readdirSync(path.join(at, below), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(below, entry.name)
    return entry.isDirectory() ? filesBelow(at, file) : [file]
  })
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { projectFiles } from '../../build/checks/source-rules.mjs'

// Every link between the documents of the project leads somewhere, and every command that they name is there.

const root = fileURLToPath(new URL('../..', import.meta.url))
const documents = projectFiles(root).filter((file) => file.endsWith('.md'))

interface Link {
  readonly target: string
  readonly line: number
}

describe('the documents', () => {
  it('are found', () => {
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/GLOSSARY.md']))
  })

  it.each(documents)('%s: links lead to files and headings that are there', (document) => {
    const dead = linksOf(read(document)).filter(({ target }) => !leadsSomewhere(document, target))
    expect(dead).toEqual([])
  })

  it('name scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> } // our own file
    const unknown = documents.flatMap((document) =>
      [...read(document).matchAll(/npm (?:run ([\w:-]+)|(test|start))\b/g)]
        .map(([, script, short]) => script ?? short ?? '')
        .filter((name) => !Object.hasOwn(scripts, name))
        .map((name) => `${document}: npm run ${name}`),
    )
    expect(unknown).toEqual([])
  })

  it('name commands of millrace that are there', () => {
    const commands = readdirSync(path.join(root, 'pipeline-runtime/cli/commands')).map((file) => path.basename(file, '.ts'))
    expect(commands).toContain('run')
    const unknown = documents.flatMap((document) =>
      commandsIn(read(document))
        .filter((name) => !commands.includes(name))
        .map((name) => `${document}: millrace ${name}`),
    )
    expect(unknown).toEqual([])
  })

  it('lead to other places by addresses that are whole and encrypted', () => {
    const found = documents.flatMap((document) => outsideOf(read(document)).map((target) => ({ document, target })))
    expect(found.filter(({ target }) => !URL.canParse(target) || new URL(target).protocol !== 'https:')).toEqual([])
  })

  it('of the guide can all be reached from the README', () => {
    const reached = new Set<string>()
    const visit = (document: string): void => {
      if (reached.has(document)) return
      reached.add(document)
      for (const { target } of linksOf(read(document))) {
        const file = fileOf(document, target)
        if (file.endsWith('.md') && documents.includes(file)) visit(file)
      }
    }
    visit('README.md')
    expect(documents.filter((document) => document.startsWith('docs/guide/') && !reached.has(document))).toEqual([])
  })
})

describe('links in a text', () => {
  it('are those of Markdown, outside of code', () => {
    const text = 'See [a](b.md#c) and ![d](e.png "f"), not `[g](h.md)`.\n```sh\n[i](j.md)\n```\n[k](https://example.com) <img src="l.png">'
    expect(linksOf(text).map(({ target }) => target)).toEqual(['b.md#c', 'e.png', 'l.png'])
  })

  it('out of the project are those with a scheme', () => {
    const text = 'See [a](b.md), [c](https://example.com/d), <https://example.com/e>, [f](mailto:g) and `[h](http://i)`.'
    expect(outsideOf(text)).toEqual(['https://example.com/d', 'mailto:g'])
  })

  it('to commands are those of a command line', () => {
    const text =
      'Run `millrace run a.json`, `npx --no-install millrace --help` or `millrace b.millrace.json`; millrace rests.\n```sh\nmillrace serve x\n```'
    expect(commandsIn(text)).toEqual(['run', 'serve'])
  })

  it('to a heading need the heading', () => {
    expect(anchorsOf('# Add a *command*, or two\n## `a.b` & c')).toEqual(new Set(['add-a-command-or-two', 'ab--c']))
  })
})

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

function leadsSomewhere(document: string, target: string): boolean {
  const file = fileOf(document, target)
  const [, anchor] = target.split('#')
  if (!existsSync(path.join(root, file))) return false
  return anchor === undefined || !file.endsWith('.md') || anchorsOf(read(file)).has(anchor)
}

/** The file that a link means, from the root of the project. */
function fileOf(document: string, target: string): string {
  const [file = ''] = target.split('#')
  return file === '' ? document : path.posix.join(path.posix.dirname(document), decodeURI(file))
}

/** Without those that lead out of the project. */
function linksOf(text: string): readonly Link[] {
  return allLinksOf(text).filter(({ target }) => !SCHEME.test(target))
}

function outsideOf(text: string): readonly string[] {
  return allLinksOf(text)
    .map(({ target }) => target)
    .filter((target) => SCHEME.test(target))
}

/** What stands behind `millrace` where it begins a line of a shell or a piece of code: a word, no option and no file. */
function commandsIn(text: string): readonly string[] {
  const lines = text.matchAll(/(?:^|`)(?:npx --no-install )?millrace ([a-z][a-z-]*)(?![\w.-])/gm)
  return [...lines].map(([, name = '']) => name)
}

const SCHEME = /^[a-z][a-z+.-]*:/i

function allLinksOf(text: string): readonly Link[] {
  const blank = (code: string): string => code.replaceAll(/[^\n]/g, ' ')
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, blank).replaceAll(/`[^`\n]*`/g, blank)
  return [...prose.matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)|<img\b[^>]*\bsrc="([^"]+)"|\bsrcset="([^"]+)"/g)].map(
    ({ 1: inText, 2: picture, 3: other, index }) => ({
      target: inText ?? picture ?? other ?? '',
      line: prose.slice(0, index).split('\n').length,
    }),
  )
}

/** The names by which headings can be linked, as GitHub makes them. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+)$/gm)
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  )
}

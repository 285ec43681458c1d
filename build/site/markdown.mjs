// One page of Markdown as HTML: headings with names, links to other pages as links to their HTML, pictures in light and dark, tables that
// can be scrolled, and the text of each part for the search.
import path from 'node:path'
import MarkdownIt from 'markdown-it'
import anchor from 'markdown-it-anchor'
import { highlighted } from './highlight.mjs'

/**
 * @typedef {{ level: number, text: string, id: string }} Heading
 * @typedef {{ id: string, heading: string, text: string }} Part
 * @typedef {{ title: string, html: string, headings: Heading[], parts: Part[], targets: string[] }} Page
 */

/**
 * @param {string} text
 * @param {object} context
 * @param {string} context.file from the root of the project
 * @param {(target: string) => string} context.address of the site for a file of the project, seen from this page
 * @param {(file: string) => { width: number, height: number } | undefined} context.pictureSize
 * @returns {Page}
 */
export function renderPage(text, { file, address, pictureSize }) {
  const targets = []
  const resolve = (target) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return target
    const [named = '', hash] = target.split('#')
    const meant = named === '' ? file : path.posix.join(path.posix.dirname(file), decodeURI(named))
    targets.push(hash === undefined ? meant : `${meant}#${hash}`)
    return named === '' ? `#${hash}` : address(meant) + (hash === undefined ? '' : `#${hash}`)
  }
  const markdown = new MarkdownIt({ html: true, typographer: false, highlight: highlighted })
    .use(anchor, { slugify, permalink: anchor.permalink.headerLink({ safariReaderFix: true }), level: [2, 3, 4], tabIndex: false })
    .use(links, resolve)
    .use(pictures, { file, address, pictureSize })
    .use(tables)
  const env = {}
  const tokens = markdown.parse(withoutComments(text), env)
  const headings = headingsOf(tokens)
  return {
    title: headings.find(({ level }) => level === 1)?.text ?? path.posix.basename(file, '.md'),
    html: markdown.renderer.render(tokens, markdown.options, env),
    headings,
    parts: partsOf(tokens, headings),
    targets,
  }
}

/** As GitHub names headings, so that a link works in both places; what has only signs, such as `<>`, by their numbers. */
function slugify(heading) {
  const name = heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')
  return /[\p{L}\p{N}]/u.test(name) ? name : `sign-${Array.from(heading.trim(), (sign) => sign.codePointAt(0)).join('-')}`
}

function withoutComments(text) {
  return text.replaceAll(/<!--[\s\S]*?-->\n?/g, '')
}

function headingsOf(tokens) {
  return tokens.flatMap((token, i) =>
    token.type === 'heading_open'
      ? [{ level: Number(token.tag.slice(1)), text: plain(tokens[i + 1]), id: String(token.attrGet('id') ?? '') }]
      : [],
  )
}

/** Text without marks: of the link in a heading, of code, of emphasis. */
function plain(inline) {
  return (inline?.children ?? [])
    .map((child) =>
      ['softbreak', 'hardbreak', 'html_inline'].includes(child.type) ? ' ' : child.type === 'image' ? child.content : textOf(child),
    )
    .join('')
    .trim()
}

function textOf({ type, content }) {
  return type === 'text' || type === 'code_inline' ? content : ''
}

function partsOf(tokens, headings) {
  const parts = [{ id: '', heading: headings[0]?.text ?? '', text: '' }]
  let next = 0
  tokens.forEach((token, i) => {
    if (token.type === 'heading_open') {
      const heading = headings[next++]
      // What follows the title belongs to the page as a whole.
      if (heading !== undefined && heading.level > 1) parts.push({ id: heading.id, heading: heading.text, text: '' })
    } else if (token.type === 'inline' && tokens[i - 1]?.type !== 'heading_open') append(parts, plain(token))
    // Commands are looked for; documents and rows would bury what is said about them.
    else if (token.type === 'fence' && token.info === 'sh') append(parts, token.content)
  })
  return parts.map((part) => ({ ...part, text: part.text.replaceAll(/\s+/g, ' ').trim() }))
}

function append(parts, text) {
  const last = parts.at(-1)
  if (last !== undefined) last.text += ` ${text}`
}

function links(markdown, resolve) {
  markdown.core.ruler.push('links', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue
      const target = String(token.attrGet('href'))
      token.attrSet('href', token.attrGet('class') === 'header-anchor' ? target : resolve(target))
      if (/^https?:/.test(target)) token.attrSet('rel', 'noreferrer')
    }
  })
}

/** A picture `NAME-light.png` with a `NAME-dark.png` beside it is shown as the colours of the page are. */
function pictures(markdown, { file, address, pictureSize }) {
  markdown.renderer.rules.image = (tokens, index) => {
    const token = tokens[index]
    const meant = path.posix.join(path.posix.dirname(file), String(token.attrGet('src')))
    const alt = markdown.utils.escapeHtml(token.content)
    const picture = (source, kind) => {
      const size = pictureSize(source)
      if (size === undefined) throw new Error(`${file}: the picture ${source} is not there.`)
      return `<img${kind} src="${address(source)}" alt="${alt}" width="${size.width}" height="${size.height}" loading="lazy">`
    }
    const dark = meant.replace(/-light\.png$/, '-dark.png')
    if (dark === meant || pictureSize(dark) === undefined) return picture(meant, '')
    return picture(meant, ' class="in-light"') + picture(dark, ' class="in-dark"')
  }
}

/** Wide tables scroll by themselves. A heading cell without words is none. */
function tables(markdown) {
  markdown.renderer.rules.table_open = () => '<div class="table"><table>\n'
  markdown.renderer.rules.table_close = () => '</table></div>\n'
  markdown.core.ruler.push('empty-headings', ({ tokens }) => {
    tokens.forEach((token, i) => {
      if (token.type === 'th_open' && tokens[i + 1]?.content === '') {
        token.tag = 'td'
        const close = tokens[i + 2]
        if (close !== undefined) close.tag = 'td'
      }
    })
    removeEmptyHeads(tokens)
  })
}

function removeEmptyHeads(tokens) {
  for (let at = tokens.findIndex(isHead); at >= 0; at = tokens.findIndex((token, i) => i > at && isHead(token))) {
    const end = tokens.findIndex((token, i) => i > at && token.type === 'thead_close')
    if (tokens.slice(at, end).every((token) => token.tag !== 'th')) tokens.splice(at, end - at + 1)
  }
}

function isHead({ type }) {
  return type === 'thead_open'
}

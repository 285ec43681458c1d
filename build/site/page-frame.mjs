// What is around the text of each page: head, navigation, search, what is on the page, the pages before and behind.
import { escapeHtml } from './highlight.mjs'

// The site loads nothing from elsewhere and runs no script but its own two.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'"

/**
 * @param {object} page
 * @param {string} page.file from the root of the project
 * @param {string} page.title
 * @param {string} page.html
 * @param {{ level: number, text: string, id: string }[]} page.headings
 * @param {object} site
 * @param {{ title: string, files: string[], groups: { title: string, files: string[] }[] }[]} site.sections
 * @param {(file: string) => string} site.titleOf in the navigation
 * @param {(file: string) => string} site.address seen from this page
 * @param {string} site.root from this page, '' or ending with a slash
 */
export function framed(page, { sections, titleOf, address, root }) {
  const order = sections.flatMap(({ files, groups }) => [...files, ...groups.flatMap((group) => group.files)])
  const place = order.indexOf(page.file)
  const inside = page.headings.filter(({ level }) => level === 2)
  const name = page.file === 'docs/index.md' ? 'Millrace' : `${page.title} – Millrace`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(name)}</title>
<link rel="icon" href="${root}assets/icon.svg">
<link rel="stylesheet" href="${root}assets/site.css">
<script src="${root}assets/colours.js"></script>
<script src="${root}assets/page.js" defer></script>
</head>
<body data-root="${root}">
<a class="skip" href="#content">To the text</a>
<header class="top">
<a class="brand" href="${address('docs/index.md')}"><img src="${root}assets/icon.svg" alt="" width="24" height="24">Millrace</a>
<search class="search" hidden>
<input type="search" role="combobox" aria-label="Search the documentation" aria-expanded="false" aria-controls="found" aria-autocomplete="list" placeholder="Search  /" autocomplete="off" spellcheck="false">
<div class="found" id="found" role="listbox" aria-label="Found" hidden></div>
<p class="said" role="status"></p>
</search>
<button class="colours" type="button" hidden></button>
</header>
<div class="columns${inside.length > 1 ? '' : ' plain'}">
<nav class="pages" aria-label="Pages">
<details class="menu"><summary>${escapeHtml(sectionOf(sections, page.file))} <span aria-hidden="true">›</span> ${escapeHtml(titleOf(page.file))}</summary>
${sections.map((section) => navigationPart(section, page.file, titleOf, address)).join('\n')}
</details>
</nav>
<main id="content" tabindex="-1">
<article>
${page.html.trim()}
</article>
<nav class="around" aria-label="Before and behind">
${step('previous', 'Before', order[place - 1], titleOf, address)}
${step('next', 'Next', order[place + 1], titleOf, address)}
</nav>
</main>
${inside.length > 1 ? onThisPage(inside) : ''}
</div>
</body>
</html>
`
}

function navigationPart({ title, files, groups }, current, titleOf, address) {
  if (files.length === 0 && groups.length === 0) return ''
  const list = (entries) => `<ul>\n${entries.map((file) => entry(file, current, titleOf, address)).join('\n')}\n</ul>`
  const folded = groups.map(
    (group) =>
      `<details class="group"${group.files.includes(current) ? ' open' : ''}><summary>${escapeHtml(group.title)}</summary>\n${list(group.files)}\n</details>`,
  )
  return `<section aria-label="${escapeHtml(title)}"><p class="section">${escapeHtml(title)}</p>\n${list(files)}\n${folded.join('\n')}</section>`
}

function entry(file, current, titleOf, address) {
  const here = file === current ? ' aria-current="page"' : ''
  return `<li><a href="${address(file)}"${here}>${escapeHtml(titleOf(file))}</a></li>`
}

function sectionOf(sections, file) {
  const section = sections.find(({ files, groups }) => files.includes(file) || groups.some((group) => group.files.includes(file)))
  return section?.title ?? ''
}

function step(name, word, file, titleOf, address) {
  if (file === undefined) return ''
  return `<a class="${name}" rel="${name === 'next' ? 'next' : 'prev'}" href="${address(file)}"><span>${word}</span> ${escapeHtml(titleOf(file))}</a>`
}

function onThisPage(headings) {
  const entries = headings.map(({ text, id }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
  return `<nav class="inside" aria-label="On this page"><p class="section">On this page</p>\n<ul>\n${entries.join('\n')}\n</ul></nav>`
}

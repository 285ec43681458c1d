// Colours for JSON and SQL, which is what most examples are; everything else stays plain.

const PARTS = {
  json: /(?<name>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*")|(?<value>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|\b(?:true|false|null)\b)/g,
  sql: /(?<text>'(?:[^']|'')*')|(?<comment>--.*)|(?<value>\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)/gi,
}

/** HTML for the inside of a code block, or '' for the usual escaping. */
export function highlighted(code, language) {
  if (!Object.hasOwn(PARTS, language)) return ''
  let html = ''
  let end = 0
  for (const { 0: whole, groups, index } of code.matchAll(PARTS[language])) {
    const [kind] = Object.entries(groups).find(([, found]) => found !== undefined)
    html += `${escapeHtml(code.slice(end, index))}<span class="${kind}">${escapeHtml(whole)}</span>`
    end = index + whole.length
  }
  return html + escapeHtml(code.slice(end))
}

export function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

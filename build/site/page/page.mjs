// What a page of the documentation does beside being read: search, light or dark, the menu of a narrow window.

const root = document.body.dataset.root ?? ''
const box = document.querySelector('.search')
const field = box.querySelector('input')
const list = document.getElementById('found')
const said = box.querySelector('.said')
const MOST = 12

/** What is written for readers comes before what is written for the record. */
const RECORDS = /^(decisions\/|CHANGELOG|CONTRIBUTING)/
const HOW = {
  boost: { heading: 4, page: 2 },
  boostDocument: (id) => (RECORDS.test(id) ? 0.3 : 1),
  prefix: true,
  fuzzy: (word) => (word.length > 5 ? 0.2 : false),
}

let search
let active = -1

box.hidden = false
field.addEventListener('focus', () => load().catch(() => undefined))
field.addEventListener('input', () => void find())
field.addEventListener('keydown', onKey)
field.addEventListener('blur', () => setTimeout(close, 150))
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, [contenteditable]')
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  field.focus()
  field.select()
})

/** The index is fetched with the first use of the search; as scripts, since a page from a file may fetch nothing else. */
function load() {
  search ??= Promise.all([script('minisearch.js'), script('search-index.js')]).then(() => {
    const { options, index } = window.millraceIndex
    return window.MiniSearch.loadJS(index, options)
  })
  // What could not be loaded is asked for again with the next letter.
  search.catch(() => {
    search = undefined
  })
  return search
}

function script(name) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script')
    element.src = `${root}assets/${name}`
    element.onload = resolve
    element.onerror = () => reject(new Error(`${name} could not be loaded`))
    document.head.append(element)
  })
}

async function find() {
  const words = field.value.trim()
  if (words === '') return close()
  let index
  try {
    index = await load()
  } catch (error) {
    said.textContent = `The search does not work: ${error.message}.`
    said.classList.add('shown')
    return
  }
  // The field may have changed while the index came.
  if (field.value.trim() !== words) return
  const strict = index.search(words, { ...HOW, combineWith: 'AND' })
  const results = (strict.length > 0 ? strict : index.search(words, HOW)).slice(0, MOST)
  active = results.length > 0 ? 0 : -1
  list.replaceChildren(...results.map(option))
  list.hidden = results.length === 0
  field.setAttribute('aria-expanded', String(results.length > 0))
  showActive()
  said.textContent = results.length === 0 ? `Nothing found for “${words}”.` : `${results.length} found`
  said.classList.toggle('shown', results.length === 0)
}

function option({ id, page, heading, text, terms }, place) {
  const element = document.createElement('a')
  element.href = root + id
  element.id = `found-${place}`
  element.role = 'option'
  element.tabIndex = -1
  const title = document.createElement('b')
  title.textContent = heading
  const line = document.createElement('span')
  line.append(title, heading === page ? '' : ` ${page}`)
  const snippet = document.createElement('small')
  snippet.append(...excerpt(text, terms))
  element.append(line, snippet)
  return element
}

/** Some words before and behind the first term that was found, the term marked. */
function excerpt(text, terms) {
  const lower = text.toLowerCase()
  const places = terms.map((term) => ({ term, at: ` ${lower}`.indexOf(` ${term}`) }))
  // The shortest is nearest to what was typed.
  const [first] = places.filter(({ at }) => at >= 0).sort((a, b) => a.term.length - b.term.length || a.at - b.at)
  if (first === undefined) return [text.slice(0, 120)]
  const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, first.at - 40)))
  const mark = document.createElement('mark')
  mark.textContent = text.slice(first.at, first.at + first.term.length)
  return [(from > 0 ? '…' : '') + text.slice(from, first.at), mark, text.slice(first.at + first.term.length, first.at + 100)]
}

function onKey(event) {
  const { length } = list.children
  if (event.key === 'Escape') {
    if (list.hidden) field.value = ''
    close()
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (length === 0) return
    active = (active + (event.key === 'ArrowDown' ? 1 : length - 1)) % length
    showActive()
  } else if (event.key === 'Enter') list.children[active]?.click()
  else return
  event.preventDefault()
}

function showActive() {
  for (const [place, element] of [...list.children].entries()) {
    element.setAttribute('aria-selected', String(place === active))
    if (place === active) element.scrollIntoView({ block: 'nearest' })
  }
  if (active < 0) field.removeAttribute('aria-activedescendant')
  else field.setAttribute('aria-activedescendant', `found-${active}`)
}

function close() {
  list.hidden = true
  said.classList.remove('shown')
  said.textContent = ''
  field.setAttribute('aria-expanded', 'false')
  field.removeAttribute('aria-activedescendant')
}

// A result on this page: the list has done its work.
list.addEventListener('click', () => {
  close()
  field.blur()
})

const colours = document.querySelector('.colours')
const system = matchMedia('(prefers-color-scheme: dark)')
colours.hidden = false
colours.addEventListener('click', () => {
  const other = isDark() ? 'light' : 'dark'
  document.documentElement.dataset.mantineColorScheme = other
  try {
    localStorage.setItem('millrace-colours', other)
  } catch {
    // Then it holds for this page.
  }
  nameColours()
})
system.addEventListener('change', nameColours)
nameColours()

function isDark() {
  const chosen = document.documentElement.dataset.mantineColorScheme
  return chosen === undefined ? system.matches : chosen === 'dark'
}

function nameColours() {
  colours.textContent = isDark() ? 'Light' : 'Dark'
  colours.setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours')
}

// Beside the text the list of pages is always open; above it, in a narrow window, until it is asked for.
const menu = document.querySelector('.menu')
const wide = matchMedia('(min-width: 900px)')
wide.addEventListener('change', foldMenu)
foldMenu()
menu.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })

function foldMenu() {
  menu.open = wide.matches
}

// What is wider than its place scrolls, and is then reached by keys, too.
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth <= target.clientWidth) {
      for (const name of ['tabindex', 'role', 'aria-label']) target.removeAttribute(name)
    } else {
      target.tabIndex = 0
      target.setAttribute('role', 'group')
      target.setAttribute('aria-label', target.tagName === 'PRE' ? 'Code, scrolls sideways' : 'Table, scrolls sideways')
    }
  }
})
for (const element of document.querySelectorAll('pre, .table')) watch.observe(element)

import { expect, test } from 'vitest'
import { kinds } from '../../pipeline-runtime/nodes/catalog.ts'
import { paletteGroups } from './palette-entries.ts'

const titles = (search: string): string[] => paletteGroups(search).flatMap((group) => group.kinds.map(({ title }) => title))

test('without a search every kind stands in one group, in the order of the palette', () => {
  expect(paletteGroups('').map(({ title }) => title)).toEqual(['Read', 'Shape', 'Summarise over time', 'Combine', 'Write'])
  expect(titles('').sort()).toEqual(kinds.map(({ title }) => title).sort())
})

test('a group without kinds is not shown', () => {
  expect(paletteGroups('', [kinds[2]]).map(({ title }) => title)).toEqual(['Shape'])
  expect(paletteGroups('nothing has these letters')).toEqual([])
})

test.each(kinds.map(({ title, term, description }) => [title, term, description] as const))(
  '%s is found by its words',
  (title, term, text) => {
    expect(titles(title.toUpperCase())).toContain(title)
    if (term !== undefined) expect(titles(term)).toContain(title)
    expect(titles(text.split(' ').slice(0, 3).reverse().join('  '))).toContain(title)
  },
)

test('all words have to be there', () => {
  const [first] = kinds
  expect(titles(`${first.title} zzz`)).toEqual([])
})
